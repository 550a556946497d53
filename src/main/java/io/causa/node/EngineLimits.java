package io.causa.node;

import io.causa.core.CausalBuffer;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.core.store.StoreLimits;
import io.causa.engine.EngineSettings;
import io.causa.engine.TurnLimits;
import io.causa.node.config.NodeConfig;
import io.causa.replication.ReplicationSettings;

/** What the configuration says, in the words of the engine. */
final class EngineLimits {

  private EngineLimits() {}

  static EngineSettings of(NodeConfig config) {
    NodeConfig.Buffer buffer = config.buffer();
    return new EngineSettings(
        config.httpUrl(),
        store(config.store()),
        new CausalBuffer.Limits(buffer.writes(), buffer.bytes(), buffer.handedOverBytes()),
        replication(config.replication()),
        config.feed().outstandingBytes(),
        TurnLimits.USUAL,
        config.node().stopMillis());
  }

  private static StoreLimits store(NodeConfig.Store config) {
    return new StoreLimits(
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

  private static ReplicationSettings replication(NodeConfig.Replication config) {
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
