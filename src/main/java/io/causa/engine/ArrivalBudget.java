package io.causa.engine;

import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.engine.BadMessages.Reason;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How many bytes of messages may wait for their turn on one loop. Beyond that a message is dropped,
 * as on any bad link: what matters in it comes again. A single message that alone is larger passes.
 *
 * <p>Any thread.
 */
final class ArrivalBudget {

  /** About what a message occupies beside its writes, keys and vectors: an empty one takes room. */
  static final int MESSAGE_BYTES = 64;

  /** About what one entry of a vector occupies that was read from a message. */
  private static final int ENTRY_BYTES = 64;

  private final long limitBytes;
  private final AtomicLong waitingBytes = new AtomicLong();
  private final BadMessages bad;

  /**
   * @param bad counts what is dropped
   */
  ArrivalBudget(long limitBytes, BadMessages bad) {
    this.limitBytes = limitBytes;
    this.bad = bad;
  }

  /** Reserves room for a message; returns its bytes, or 0 if the message is to be dropped. */
  long take(PeerMessage message) {
    long bytes = MESSAGE_BYTES + contentBytes(message);
    long before = waitingBytes.getAndAdd(bytes);
    if (before > 0 && before + bytes > limitBytes) {
      waitingBytes.addAndGet(-bytes);
      drop(message);
      return 0;
    }
    return bytes;
  }

  private static long contentBytes(PeerMessage message) {
    long bytes = 0;
    if (message instanceof WriteBatch batch) {
      for (Write write : batch.writes()) {
        bytes += write.heapBytes();
      }
    } else if (message instanceof SnapshotChunk chunk) {
      bytes += bytes(chunk.instant().vector()) + bytes(chunk.instant().floor());
      for (SnapshotEntry entry : chunk.entries()) {
        bytes += MESSAGE_BYTES + entry.sizeBytes();
      }
    } else if (message instanceof Digest digest) {
      bytes += bytes(digest.received()) + bytes(digest.applied()) + bytes(digest.trimmed());
      bytes += bytes(digest.roster());
    }
    return bytes;
  }

  /** A newcomer is told all generations that ever ended: those are the most of it. */
  private static long bytes(Roster roster) {
    long listed = (long) roster.ordered().size() + roster.ended().size();
    return ENTRY_BYTES * (roster.entries().size() + listed);
  }

  private static long bytes(VersionVector vector) {
    return (long) ENTRY_BYTES * vector.size();
  }

  void giveBack(long bytes) {
    waitingBytes.addAndGet(-bytes);
  }

  private void drop(PeerMessage message) {
    bad.dropped(
        message.sender().name(),
        Reason.TOO_MANY_WAIT,
        "the messages that wait for their turn fill their %d bytes, a part of buffer.bytes; what matters in this one comes again"
            .formatted(limitBytes));
  }
}
