package io.causa.engine.api;

import io.causa.clock.VersionVector;
import java.util.List;

/**
 * A read of several keys at one instant.
 *
 * @param selection which keys
 * @param context what must be applied here before they are read
 * @param waitMillis how long to wait for that
 */
public record ReadRequest(Selection selection, VersionVector context, long waitMillis) {

  /** Which keys are read. */
  public sealed interface Selection {}

  /** These keys, in this order. */
  public record Keys(List<String> keys) implements Selection {
    public Keys {
      keys = List.copyOf(keys);
    }
  }

  /**
   * A page of the keys that have a value: those with the prefix behind {@code after}, at most
   * {@code limit}.
   */
  public record Page(String prefix, String after, int limit) implements Selection {}
}
