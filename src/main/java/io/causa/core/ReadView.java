package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.List;
import java.util.Optional;

/**
 * What is readable at this replica. Any thread may read it while the store's loop changes it.
 *
 * <p>Changes appear in the order of application, so at every instant the view is causally closed;
 * and they appear before {@link #applied()} covers them. A snapshot of a peer appears at one
 * instant, together with its vector. Who reads the vector first and then the keys sees at least
 * what the vector says. Several keys that must be of one instant are read on the store's loop.
 */
public interface ReadView {

  /** The writes that are applied here, all of which are visible. */
  VersionVector applied();

  /**
   * The key's state, which may be a tombstone; empty if the key was never written, or was deleted
   * so long ago that its tombstone is gone.
   */
  Optional<KeyState> get(String key);

  /**
   * Returns the keys with a value, in the order of their UTF-16 code units. Deleted keys between
   * them cost nothing.
   *
   * @param prefix what the keys start with, possibly empty
   * @param after only keys behind this one; empty for the first page
   * @param limit at most this many
   */
  List<String> keys(String prefix, String after, int limit);

  /** How many keys have a state; tombstones count. */
  int size();
}
