package io.causa.core.snapshot;

import java.util.List;

/**
 * All that one replica had at one instant.
 *
 * @param entries the keys that had a state, none of them twice
 */
public record ReplicaSnapshot(SnapshotInstant instant, List<SnapshotEntry> entries) {

  public ReplicaSnapshot {
    entries = List.copyOf(entries);
  }
}
