package io.causa.node;

import java.util.concurrent.TimeUnit;

/**
 * The time that the node passes to whatever decides: milliseconds from an arbitrary origin, never
 * going back.
 */
final class MonotonicClock {

  private MonotonicClock() {}

  static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
