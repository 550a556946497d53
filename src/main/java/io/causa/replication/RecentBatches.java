package io.causa.replication;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Optional;

/**
 * The batches of own writes that were made last. A peer that needs such writes gets a batch that
 * another one got, rather than one of its own: the log is read once, and the batch encoded once.
 *
 * <p>A batch may begin before what the peer needs, as the receiver skips what it has. So streams
 * that came apart use the same batches again after one that overlaps.
 *
 * <p>Owner: the replication loop. Bounds: {@link #MOST} batches, and a number of bytes.
 */
final class RecentBatches {

  /** How many batches are kept at the most: peers that are further behind read the log. */
  static final int MOST = 16;

  private final int batchBytes;
  private final long limitBytes;
  private final Deque<OwnBatch> latestFirst = new ArrayDeque<>();
  private long bytes;

  /**
   * @param batchBytes what a batch aims at
   * @param limitBytes how many bytes of writes are kept at the most
   */
  RecentBatches(int batchBytes, long limitBytes) {
    this.batchBytes = batchBytes;
    this.limitBytes = limitBytes;
  }

  /** Keeps the batch, and lets go the oldest ones for it. */
  void add(OwnBatch batch) {
    latestFirst.addFirst(batch);
    bytes += batch.bytes();
    while (latestFirst.size() > MOST || bytes > limitBytes) {
      bytes -= latestFirst.removeLast().bytes();
    }
  }

  /**
   * Returns a batch for a peer that needs the writes from one sequence to another; empty if it is
   * better to read the log.
   */
  Optional<OwnBatch> find(long from, long to) {
    for (Iterator<OwnBatch> each = latestFirst.iterator(); each.hasNext(); ) {
      OwnBatch batch = each.next();
      if (batch.first() <= from && from <= batch.last() && batch.last() <= to) {
        return Optional.of(batch).filter(found -> isWorthSending(found, from, to));
      }
    }
    return Optional.empty();
  }

  /**
   * At least half of it is new to the peer, and it has half of what the log would give: a peer that
   * lags gets few large batches, and not the many small ones that the others had.
   */
  private boolean isWorthSending(OwnBatch batch, long from, long to) {
    long news = batch.last() - from + 1;
    boolean isLarge = 2L * batch.bytes() >= batchBytes || 2 * news >= to - from + 1;
    return isLarge && 2 * news >= batch.size();
  }
}
