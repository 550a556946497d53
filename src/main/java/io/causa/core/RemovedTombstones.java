package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.List;

/**
 * The tombstones that a commit removes for good.
 *
 * @param keys which keys have no state any more; the commit changes none of them
 * @param floor what any removed tombstone, now or before, was a version of: a write whose
 *     dependencies do not cover it may not have seen a tombstone that is gone here
 */
public record RemovedTombstones(List<String> keys, VersionVector floor) {

  /** Nothing was ever removed. */
  public static final RemovedTombstones NOTHING =
      new RemovedTombstones(List.of(), VersionVector.EMPTY);

  public RemovedTombstones {
    keys = List.copyOf(keys);
  }
}
