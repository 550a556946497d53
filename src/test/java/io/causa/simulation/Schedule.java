package io.causa.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * The whole simulated world is one queue, ordered by time, then by the order of scheduling. So a
 * seed determines everything that happens.
 */
final class Schedule {

  private record Event(long atMillis, long sequence, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atMillis).thenComparingLong(Event::sequence));
  private long nowMillis;
  private long scheduled;

  long nowMillis() {
    return nowMillis;
  }

  void after(long delayMillis, Runnable what) {
    events.add(new Event(nowMillis + delayMillis, scheduled++, what));
  }

  /** Lets so much time pass. */
  void run(long millis) {
    runUntil(() -> false, millis);
  }

  /** Lets time pass until the condition holds; false if it does not within the bound. */
  boolean runUntil(BooleanSupplier condition, long boundMillis) {
    long endMillis = nowMillis + boundMillis;
    while (!condition.getAsBoolean()) {
      if (events.isEmpty() || events.peek().atMillis() > endMillis) {
        nowMillis = endMillis;
        return condition.getAsBoolean();
      }
      Event event = events.remove();
      nowMillis = event.atMillis();
      event.what().run();
    }
    return true;
  }
}
