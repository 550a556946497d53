package io.causa.core.store;

import io.causa.core.DataLimit;
import io.causa.core.snapshot.SnapshotTransfers;

/**
 * How much the store may hold. All bytes are those on the heap, about.
 *
 * @param pendingWrites how many proposals may wait until they are committed
 * @param pendingBytes how many bytes they may have
 * @param parkedRequests how many requests of clients that wait may wait for their context
 * @param parkedBytes how many bytes they may have
 * @param heldWrites how many writes may be held for clients that do not wait
 * @param heldBytes how many bytes they may have
 * @param snapshots what may be spent on peers that the log cannot help any more
 * @param data how large the data may become
 */
public record StoreLimits(
    int pendingWrites,
    long pendingBytes,
    int parkedRequests,
    long parkedBytes,
    int heldWrites,
    long heldBytes,
    SnapshotTransfers.Limits snapshots,
    DataLimit data) {

  private static final SnapshotTransfers.Limits MODEST =
      new SnapshotTransfers.Limits(2, 1 << 20, 30_000);

  /** Limits for a store that serves snapshots of modest size, and as many waits of each kind. */
  public StoreLimits(int pendingWrites, long pendingBytes, int parkedRequests) {
    this(
        pendingWrites,
        pendingBytes,
        parkedRequests,
        Long.MAX_VALUE,
        parkedRequests,
        Long.MAX_VALUE,
        MODEST,
        DataLimit.NONE);
  }

  /** Limits for a store whose data is small. */
  public StoreLimits(
      int pendingWrites,
      long pendingBytes,
      int parkedRequests,
      long parkedBytes,
      int heldWrites,
      long heldBytes,
      SnapshotTransfers.Limits snapshots) {
    this(
        pendingWrites,
        pendingBytes,
        parkedRequests,
        parkedBytes,
        heldWrites,
        heldBytes,
        snapshots,
        DataLimit.NONE);
  }

  /** The same with another limit of the data. */
  public StoreLimits withData(DataLimit limit) {
    return new StoreLimits(
        pendingWrites,
        pendingBytes,
        parkedRequests,
        parkedBytes,
        heldWrites,
        heldBytes,
        snapshots,
        limit);
  }
}
