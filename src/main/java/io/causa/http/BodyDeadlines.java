package io.causa.http;

import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends bodies that do not arrive in time. All have the same time, so they are due in the order in
 * which they began, and one timer serves them all.
 *
 * <p>Most bodies come with their heads and are watched for microseconds only. So they are the links
 * of a list themselves.
 *
 * <p>Owner: one HTTP loop. Bound: the bodies that have begun and not arrived.
 */
final class BodyDeadlines {

  /** A body under way. */
  abstract static class Watched {

    private Watched earlier;
    private Watched later;
    private long dueNanos;

    /** Ends the wait for the rest; the body was watched so long. */
    abstract void expire(long bodyMillis);
  }

  /** Closes the list to a ring: later than the last, and earlier than the first. */
  private static final class Ends extends Watched {
    @Override
    void expire(long bodyMillis) {
      throw new IllegalStateException("no body");
    }
  }

  private final Vertx vertx;
  private final LongSupplier nanoTime;
  private final long bodyMillis;
  private final Watched ends = new Ends();
  private boolean armed;

  BodyDeadlines(Vertx vertx, LongSupplier nanoTime, long bodyMillis) {
    this.vertx = vertx;
    this.nanoTime = nanoTime;
    this.bodyMillis = bodyMillis;
    ends.earlier = ends;
    ends.later = ends;
  }

  /** Watches a body that has begun. {@link #remove} has to follow when it has arrived. */
  void add(Watched body) {
    body.dueNanos = nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(bodyMillis);
    body.earlier = ends.earlier;
    body.later = ends;
    body.earlier.later = body;
    ends.earlier = body;
    arm();
  }

  /** Forgets a body that has arrived, or is not waited for any more. */
  void remove(Watched body) {
    if (body.later != null) {
      body.earlier.later = body.later;
      body.later.earlier = body.earlier;
      body.earlier = null;
      body.later = null;
    }
  }

  /**
   * The timer outlives the body it was set for, so there are no more timers than one for each time.
   */
  private void arm() {
    if (!armed && ends.later != ends) {
      armed = true;
      long leftNanos = ends.later.dueNanos - nanoTime.getAsLong();
      vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos) + 1), timer -> expire());
    }
  }

  private void expire() {
    armed = false;
    long now = nanoTime.getAsLong();
    while (ends.later != ends && ends.later.dueNanos - now <= 0) {
      Watched due = ends.later;
      remove(due);
      due.expire(bodyMillis);
    }
    arm();
  }
}
