package io.causa.bench;

import java.util.Comparator;
import java.util.PriorityQueue;

/** The time of a cluster of many replicas in one thread: what is due happens in its order. */
final class ScaleClock {

  private record Event(long atMicros, long number, Runnable what) {}

  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atMicros).thenComparingLong(Event::number));
  private long nowMicros;
  private long scheduled;

  long nowMicros() {
    return nowMicros;
  }

  void after(long micros, Runnable what) {
    events.add(new Event(nowMicros + micros, scheduled++, what));
  }

  /** Lets so much time pass. */
  void pass(long micros) {
    long endMicros = nowMicros + micros;
    while (!events.isEmpty() && events.peek().atMicros() <= endMicros) {
      Event event = events.remove();
      nowMicros = event.atMicros();
      event.what().run();
    }
    nowMicros = endMicros;
  }
}
