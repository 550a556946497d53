package io.causa.node;

import java.util.concurrent.TimeUnit;

/** The time that the node passes to what decides: it never goes back. */
final class MonotonicClock {

  private MonotonicClock() {}

  /** Returns the time in milliseconds from an arbitrary origin. */
  static long millis() {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
  }
}
