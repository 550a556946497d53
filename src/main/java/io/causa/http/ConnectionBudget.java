package io.causa.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How many connections HTTP has, over all its loops, and what becomes of one more.
 *
 * <p>Any thread. Bounds: {@code limit} served connections, and {@value #SURPLUS} that only hear why
 * they are not served.
 */
final class ConnectionBudget {

  /** The most connections beyond the limit that are kept for one answer. */
  static final int SURPLUS = 64;

  /** What becomes of a connection. */
  enum Admission {
    /** It is served. */
    SERVED,
    /** It gets one answer, and is closed. */
    SURPLUS,
    /** It is closed at once. */
    CLOSED
  }

  private final long limit;
  private final AtomicLong open = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  ConnectionBudget(long limit) {
    this.limit = limit;
  }

  /** Counts a new connection. {@link #closed} has to follow when it is closed. */
  Admission opened() {
    long now = open.incrementAndGet();
    if (now <= limit) {
      return Admission.SERVED;
    }
    refused.incrementAndGet();
    return now <= limit + SURPLUS ? Admission.SURPLUS : Admission.CLOSED;
  }

  /** Counts a connection no more. */
  void closed() {
    open.decrementAndGet();
  }

  /** Returns how many connections are open now. */
  long open() {
    return open.get();
  }

  /** Returns the most connections that are served. */
  long limit() {
    return limit;
  }

  /** Returns how many connections were one too many since the start. */
  long refused() {
    return refused.get();
  }
}
