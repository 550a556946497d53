package io.causa.node.config;

import io.causa.node.config.NodeConfig.StorageMode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * The budgets of bytes that share the heap: each has at most its part of it, whatever is
 * configured, so that a node survives when all of them are full together.
 *
 * <p>Together they are a little more than a third of the heap. The data has 40 % of it with its
 * reserve, unless set otherwise, and bodies and answers under way have a sixth. What is left is for
 * the collector.
 */
public enum HeapShare {
  PENDING("store.pendingBytes", 4, config -> config.store().pendingBytes()),
  PARKED("store.parkedBytes", 2, config -> config.store().parkedBytes()),
  HELD("store.heldBytes", 5, config -> config.store().heldBytes()),
  /** What is kept for one transfer; the share is that of all transfers. */
  SNAPSHOT_KEPT("store.snapshotKeptBytes", 3, config -> config.store().snapshotKeptBytes()) {
    @Override
    long most(NodeConfig config, long heapBytes) {
      return super.most(config, heapBytes) / config.store().snapshotTransfers();
    }
  },
  /** Messages that wait for their turn have up to five eighths of it beside. */
  BUFFER("buffer.bytes", 6, config -> config.buffer().bytes()),
  HANDED_OVER("buffer.handedOverBytes", 2, config -> config.buffer().handedOverBytes()),
  LINK_FAULTS("replication.heldBytes", 1, config -> config.replication().heldBytes()),
  FEED("feed.outstandingBytes", 2, config -> config.feed().outstandingBytes()),
  /** A log on the disk occupies no heap. */
  LOG("storage.logBytes", 7, config -> config.storage().logBytes()) {
    @Override
    long most(NodeConfig config, long heapBytes) {
      boolean inMemory = config.storage().mode() == StorageMode.MEMORY;
      return inMemory ? super.most(config, heapBytes) : Long.MAX_VALUE;
    }
  };

  private final String key;
  private final int percent;
  private final ToLongFunction<NodeConfig> configured;

  HeapShare(String key, int percent, ToLongFunction<NodeConfig> configured) {
    this.key = key;
    this.percent = percent;
    this.configured = configured;
  }

  /** Returns the name of the setting. */
  public String key() {
    return key;
  }

  /** Returns how much of the heap the budget may have at the most, in percent. */
  public int percent() {
    return percent;
  }

  /** Returns the most bytes that a heap of that size has for the budget. */
  long most(NodeConfig config, long heapBytes) {
    return heapBytes / 100 * percent;
  }

  private long fit(NodeConfig config, long heapBytes) {
    return Math.min(configured.applyAsLong(config), most(config, heapBytes));
  }

  /** Returns the budgets of a configuration by the names of their settings, in bytes. */
  public static Map<String, Long> budgets(NodeConfig config) {
    Map<String, Long> budgets = new LinkedHashMap<>();
    for (HeapShare share : values()) {
      budgets.put(share.key, share.configured.applyAsLong(config));
    }
    return budgets;
  }

  /** Returns the configuration with each budget cut to its share of a heap of that size. */
  public static NodeConfig fitInto(long heapBytes, NodeConfig config) {
    NodeConfig.Store store = config.store();
    NodeConfig.Replication replication = config.replication();
    NodeConfig.Storage storage = config.storage();
    return new NodeConfig(
        config.node(),
        config.http(),
        config.access(),
        config.admin(),
        config.tls(),
        new NodeConfig.Store(
            store.dataBytes(),
            store.dataReserveBytes(),
            store.pendingWrites(),
            PENDING.fit(config, heapBytes),
            store.parkedRequests(),
            PARKED.fit(config, heapBytes),
            store.heldWrites(),
            HELD.fit(config, heapBytes),
            store.snapshotTransfers(),
            SNAPSHOT_KEPT.fit(config, heapBytes),
            store.snapshotIdleMillis()),
        new NodeConfig.Buffer(
            config.buffer().writes(),
            BUFFER.fit(config, heapBytes),
            HANDED_OVER.fit(config, heapBytes)),
        new NodeConfig.Replication(
            replication.batchBytes(),
            replication.windowBytes(),
            replication.sendTimeoutMillis(),
            replication.maxBackoffMillis(),
            replication.digestIntervalMillis(),
            replication.presenceIntervalMillis(),
            replication.pullAfterMillis(),
            replication.pullTimeoutMillis(),
            replication.pullBytes(),
            replication.silentAfterMillis(),
            replication.readyTimeoutMillis(),
            LINK_FAULTS.fit(config, heapBytes)),
        new NodeConfig.Feed(FEED.fit(config, heapBytes)),
        new NodeConfig.Storage(
            storage.mode(),
            storage.directory(),
            LOG.fit(config, heapBytes),
            storage.logAgeMillis(),
            storage.backupDirectory()),
        config.cluster());
  }
}
