package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.Write;
import io.causa.replication.Action.ReadLog;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Sends own writes to one session of one peer: read from the log, within a window of bytes, from
 * what the peer has acknowledged.
 *
 * <p>A sliding window with cumulative acknowledgements, as in TCP. When an acknowledgement is
 * overdue, everything behind the last one counts as lost and one batch is sent as a probe, at
 * growing intervals, until there is progress. Nothing is queued: what a peer lacks is read again.
 *
 * <p>Owner: the replication loop. Invariants: {@code acknowledged <= cursor}; the sent batches
 * cover exactly the sequences between the two, except that the first may be acknowledged in part;
 * at most one read of the log is under way.
 */
final class PeerStream {

  /** How many batches may be under way before small ones wait. */
  static final int SMALL_BATCHES = 2;

  private record Sent(long last, int bytes) {}

  private final Replica self;
  private final String peer;
  private final ReplicationSettings settings;
  private final Deque<Sent> inFlight = new ArrayDeque<>();
  private long inFlightBytes;
  private long writeBytes;
  private long acknowledged;
  private long cursor;
  private ReadLog reading;
  private boolean probing;
  private boolean behindLog;
  private long waitingSinceMillis;
  private long timeoutMillis;

  /**
   * @param acknowledged how many of our writes the peer has received when the stream begins
   */
  PeerStream(Replica self, String peer, long acknowledged, ReplicationSettings settings) {
    this.self = self;
    this.peer = peer;
    this.settings = settings;
    this.acknowledged = acknowledged;
    this.cursor = acknowledged;
    this.timeoutMillis = settings.sendTimeoutMillis();
  }

  /** The peer has received our writes up to this sequence. */
  void acknowledge(long sequence, long nowMillis) {
    if (sequence <= acknowledged) {
      return;
    }
    acknowledged = sequence;
    cursor = Math.max(cursor, sequence);
    while (!inFlight.isEmpty() && inFlight.peek().last() <= sequence) {
      inFlightBytes -= inFlight.remove().bytes();
    }
    probing = false;
    behindLog = false;
    timeoutMillis = settings.sendTimeoutMillis();
    waitingSinceMillis = nowMillis;
  }

  /** The peer has received something from somewhere: it may have room for our writes, too. */
  void encourage() {
    timeoutMillis = settings.sendTimeoutMillis();
  }

  /** The peer was silent and is heard again: what was sent meanwhile is most likely lost. */
  void wake() {
    timeoutMillis = settings.sendTimeoutMillis();
    if (!inFlight.isEmpty()) {
      rewind();
    }
  }

  /** Gives up what is under way if its acknowledgement is overdue. */
  void expire(long nowMillis) {
    if (!inFlight.isEmpty() && nowMillis - waitingSinceMillis >= timeoutMillis) {
      timeoutMillis = Math.min(2 * timeoutMillis, settings.maxBackoffMillis());
      rewind();
    }
  }

  /**
   * The read that comes next, now under way; empty if nothing is to be sent now.
   *
   * @param lastOwn the sequence of the last own write that is applied
   */
  Optional<ReadLog> nextRead(long lastOwn, LongSupplier tickets) {
    if (reading != null || behindLog || cursor >= lastOwn || !hasRoom() || !isWorthwhile(lastOwn)) {
      return Optional.empty();
    }
    int maxBytes = settings.batchBytes();
    reading = new ReadLog(tickets.getAsLong(), peer, false, self, cursor + 1, lastOwn, maxBytes);
    return Optional.of(reading);
  }

  /**
   * The writes to send now, as they were read; none if the read was overtaken by an acknowledgement
   * or a loss, or if the log does not hold them.
   */
  List<Write> accept(ReadLog read, List<Write> writes, long nowMillis) {
    if (!read.equals(reading)) {
      return List.of();
    }
    reading = null;
    if (read.from() != cursor + 1) {
      return List.of();
    }
    if (writes.isEmpty()) {
      behindLog = true;
      return List.of();
    }
    sent(writes, nowMillis);
    return writes;
  }

  long acknowledged() {
    return acknowledged;
  }

  long inFlightBytes() {
    return inFlightBytes;
  }

  /** Whether the log does not hold what the peer needs next. */
  boolean isBehindLog() {
    return behindLog;
  }

  /** A probe goes alone; otherwise a whole batch must fit. */
  private boolean hasRoom() {
    boolean fits = inFlightBytes + settings.batchBytes() <= settings.windowBytes();
    return inFlight.isEmpty() || (!probing && fits);
  }

  /**
   * Whether there is enough to send. While some batches are under way, small ones wait for an
   * acknowledgement and so become larger (Nagle, RFC 896): a busy node sends a few full batches
   * rather than one for each commit.
   */
  private boolean isWorthwhile(long lastOwn) {
    return inFlight.size() < SMALL_BATCHES
        || (lastOwn - cursor) * writeBytes >= settings.batchBytes();
  }

  private void sent(List<Write> writes, long nowMillis) {
    Dot first = new Dot(self, cursor + 1);
    if (!writes.get(0).dot().equals(first)) {
      throw new IllegalStateException(
          "the log was read from " + first + " and returned " + writes.get(0).dot());
    }
    if (inFlight.isEmpty()) {
      waitingSinceMillis = nowMillis;
    }
    int bytes = writes.stream().mapToInt(Write::sizeBytes).sum();
    cursor = writes.get(writes.size() - 1).dot().sequence();
    inFlight.add(new Sent(cursor, bytes));
    inFlightBytes += bytes;
    writeBytes = bytes / writes.size();
  }

  private void rewind() {
    cursor = acknowledged;
    inFlight.clear();
    inFlightBytes = 0;
    probing = true;
  }
}
