package io.causa.node;

import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.core.store.Store;
import io.causa.node.config.NodeConfig;
import io.causa.replication.ReplicationSettings;

/** What the configuration says, in the words of the engine. */
final class EngineLimits {

  private EngineLimits() {}

  static Store.Limits store(NodeConfig.Store config) {
    return new Store.Limits(
        config.pendingWrites(),
        config.pendingBytes(),
        config.parkedRequests(),
        config.parkedBytes(),
        config.heldWrites(),
        config.heldBytes(),
        new SnapshotTransfers.Limits(
            config.snapshotTransfers(), config.snapshotKeptBytes(), config.snapshotIdleMillis()),
        DataLimits.of(config));
  }

  static ReplicationSettings replication(NodeConfig.Replication config) {
    return new ReplicationSettings(
        config.batchBytes(),
        config.windowBytes(),
        config.sendTimeoutMillis(),
        config.maxBackoffMillis(),
        config.digestIntervalMillis(),
        config.presenceIntervalMillis(),
        config.pullAfterMillis(),
        config.pullTimeoutMillis(),
        config.pullBytes(),
        config.silentAfterMillis(),
        config.readyTimeoutMillis());
  }
}
