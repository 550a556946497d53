package io.causa.simulation;

import io.causa.simulation.check.Verdict;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import org.slf4j.MDC;

/**
 * The whole simulated world is one queue, ordered by time, then by the order of scheduling. So a
 * seed determines everything that happens.
 */
final class Schedule {

  /** Log lines with this key are left out, see logback-test.xml. */
  private static final String SIMULATED = "simulated";

  private static final long MICROS = 1000;
  private static final long MOST_STEPS = 20_000_000;

  private record Event(long atMicros, long sequence, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atMicros).thenComparingLong(Event::sequence));
  private long nowMicros;
  private long scheduled;
  private long steps;

  long nowMillis() {
    return nowMicros / MICROS;
  }

  long nowMicros() {
    return nowMicros;
  }

  /** How many events have happened. */
  long steps() {
    return steps;
  }

  void after(long delayMillis, Runnable what) {
    at(nowMicros + delayMillis * MICROS, what);
  }

  void at(long micros, Runnable what) {
    events.add(new Event(Math.max(micros, nowMicros), scheduled++, what));
  }

  /** Lets so much time pass. */
  void run(long millis) {
    runUntil(() -> false, millis);
  }

  /** Lets time pass until the condition holds; false if it does not within the bound. */
  boolean runUntil(BooleanSupplier condition, long boundMillis) {
    MDC.put(SIMULATED, "yes");
    try {
      return step(condition, boundMillis);
    } finally {
      MDC.remove(SIMULATED);
    }
  }

  private boolean step(BooleanSupplier condition, long boundMillis) {
    long endMicros = nowMicros + boundMillis * MICROS;
    while (!condition.getAsBoolean()) {
      if (events.isEmpty() || events.peek().atMicros() > endMicros) {
        nowMicros = endMicros;
        return condition.getAsBoolean();
      }
      Event event = events.remove();
      nowMicros = event.atMicros();
      if (++steps > MOST_STEPS) {
        throw new Verdict("livelock", steps + " steps by " + nowMillis() + " ms");
      }
      event.what().run();
    }
    return true;
  }
}
