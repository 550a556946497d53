package io.causa.http;

import io.vertx.core.Vertx;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Ends bodies that do not arrive in time. All have the same time, so they are due in the order in
 * which they began, and one timer serves them all.
 *
 * <p>Owner: one HTTP loop. Bound: the bodies that have begun and not arrived.
 */
final class BodyDeadlines {

  private final Vertx vertx;
  private final LongSupplier nanoTime;
  private final long bodyMillis;
  private final Map<BodyReader, Long> dueNanos = new LinkedHashMap<>();
  private boolean armed;

  BodyDeadlines(Vertx vertx, LongSupplier nanoTime, long bodyMillis) {
    this.vertx = vertx;
    this.nanoTime = nanoTime;
    this.bodyMillis = bodyMillis;
  }

  /** Watches a body that has begun. {@link #remove} has to follow when it has arrived. */
  void add(BodyReader body) {
    dueNanos.put(body, nanoTime.getAsLong() + TimeUnit.MILLISECONDS.toNanos(bodyMillis));
    arm();
  }

  /** Forgets a body that has arrived, or is not waited for any more. */
  void remove(BodyReader body) {
    dueNanos.remove(body);
  }

  /**
   * The timer outlives the body it was set for, so there are no more timers than one for each time.
   */
  private void arm() {
    if (!armed && !dueNanos.isEmpty()) {
      armed = true;
      long leftNanos = dueNanos.values().iterator().next() - nanoTime.getAsLong();
      vertx.setTimer(Math.max(1, TimeUnit.NANOSECONDS.toMillis(leftNanos) + 1), timer -> expire());
    }
  }

  private void expire() {
    armed = false;
    long now = nanoTime.getAsLong();
    dueNanos.entrySet().stream()
        .takeWhile(due -> due.getValue() - now <= 0)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(body -> body.expire(bodyMillis));
    arm();
  }
}
