package io.causa.replication.view;

import io.causa.clock.Replica;

/**
 * How far the snapshot of a peer is on its way here.
 *
 * @param source whose it is
 * @param keys how many keys have arrived
 * @param bytes how many bytes they have, about
 * @param installing whether it is complete and becomes durable now
 */
public record SnapshotProgress(Replica source, long keys, long bytes, boolean installing) {

  @Override
  public String toString() {
    return "%s a snapshot of %s: %d keys, %d KiB so far"
        .formatted(installing ? "installing" : "fetching", source.name(), keys, bytes >> 10);
  }
}
