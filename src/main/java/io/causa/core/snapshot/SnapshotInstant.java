package io.causa.core.snapshot;

import io.causa.clock.VersionVector;
import java.util.Objects;

/**
 * The instant that all of a snapshot is of.
 *
 * @param vector what was applied then
 * @param floor what the tombstones were versions of that had been removed by then, see {@link
 *     io.causa.core.RemovedTombstones#floor()}
 * @param lamport at least the Lamport time of every write in {@code vector}
 */
public record SnapshotInstant(VersionVector vector, VersionVector floor, long lamport) {

  public SnapshotInstant {
    Objects.requireNonNull(vector, "vector");
    Objects.requireNonNull(floor, "floor");
  }
}
