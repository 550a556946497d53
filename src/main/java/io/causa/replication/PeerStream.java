package io.causa.replication;

import io.causa.replication.Action.ReadLog;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decides which own writes go next to one session of one peer, and when: within a window of bytes,
 * from what the peer has acknowledged.
 *
 * <p>A sliding window with cumulative acknowledgements, as in TCP. When an acknowledgement is
 * overdue, everything behind the last one counts as lost and one batch is sent as a probe, at
 * growing intervals, until there is progress. Nothing is queued: what a peer lacks is read again.
 *
 * <p>Owner: the replication loop. Invariants: {@code acknowledged <= cursor}; the sent batches
 * cover all sequences between the two, and may overlap; at most one read of the log is awaited.
 */
final class PeerStream {

  /** How many batches may be under way before small ones wait. */
  static final int SMALL_BATCHES = 2;

  private record Sent(long last, int bytes) {}

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
  PeerStream(long acknowledged, ReplicationSettings settings) {
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
   * Whether a batch is to be sent now, which has {@link #next}.
   *
   * @param lastOwn the sequence of the last own write that may leave
   */
  boolean isDue(long lastOwn) {
    return reading == null && !behindLog && cursor < lastOwn && hasRoom() && isWorthwhile(lastOwn);
  }

  /** The sequence of the write that is to be sent next. */
  long next() {
    return cursor + 1;
  }

  /** Nothing is sent before this read of the log is complete, possibly one for another peer. */
  void await(ReadLog read) {
    reading = read;
  }

  /**
   * A read of the log is complete.
   *
   * @param found whether the log holds {@code read.from()}
   * @return whether to send what was found: false if the stream did not wait for it, or if it was
   *     overtaken by an acknowledgement or a loss
   */
  boolean accept(ReadLog read, boolean found) {
    if (!read.equals(reading)) {
      return false;
    }
    reading = null;
    if (read.from() != next()) {
      return false;
    }
    behindLog = !found;
    return found;
  }

  /** The batch, which has {@link #next}, is sent. */
  void sent(OwnBatch batch, long nowMillis) {
    if (inFlight.isEmpty()) {
      waitingSinceMillis = nowMillis;
    }
    cursor = batch.last();
    inFlight.add(new Sent(cursor, batch.bytes()));
    inFlightBytes += batch.bytes();
    writeBytes = batch.bytes() / batch.size();
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

  private void rewind() {
    cursor = acknowledged;
    inFlight.clear();
    inFlightBytes = 0;
    probing = true;
  }
}
