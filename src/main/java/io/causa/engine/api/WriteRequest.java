package io.causa.engine.api;

import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import java.util.List;

/**
 * A client's write.
 *
 * @param mutations at least one; no key twice
 * @param context what must be applied here before the write is stamped
 * @param waitMillis how long the write may wait for that
 * @param held whether to answer {@link Outcome.Held} at once when the write has to wait, and go on
 *     holding it
 */
public record WriteRequest(
    List<Mutation> mutations, VersionVector context, long waitMillis, boolean held) {

  public WriteRequest {
    mutations = List.copyOf(mutations);
  }

  /** Returns what the write counts against limits of bytes, about. */
  public long sizeBytes() {
    long bytes = 0;
    for (Mutation mutation : mutations) {
      bytes += mutation.sizeBytes();
    }
    return bytes;
  }
}
