package io.causa.engine;

import io.causa.core.Write;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many bytes of batches may wait for their turn on the delivery loop. Beyond that a batch is
 * dropped; a single batch that alone is larger passes.
 *
 * <p>Any thread.
 */
final class ArrivalBudget {

  private static final Logger LOG = LoggerFactory.getLogger(ArrivalBudget.class);

  /** About what a batch occupies beside its writes: also an empty one takes room. */
  static final int BATCH_BYTES = 64;

  private final long limitBytes;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();

  ArrivalBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Reserves room for a batch; returns its bytes, or 0 if the batch is to be dropped. */
  long take(WriteBatch batch) {
    long bytes = BATCH_BYTES;
    for (Write write : batch.writes()) {
      bytes += write.heapBytes();
    }
    long before = waitingBytes.getAndAdd(bytes);
    if (before > 0 && before + bytes > limitBytes) {
      waitingBytes.addAndGet(-bytes);
      drop(batch);
      return 0;
    }
    return bytes;
  }

  void giveBack(long bytes) {
    waitingBytes.addAndGet(-bytes);
  }

  /** Returns how many batches were dropped since the start. */
  long dropped() {
    return dropped.get();
  }

  private void drop(WriteBatch batch) {
    if (dropped.getAndIncrement() == 0) {
      LOG.warn(
          "more batches arrive than this node takes in: one of {} and possibly later ones are dropped and will come again (half of buffer.bytes, {})",
          batch.sender(),
          limitBytes);
    }
  }
}
