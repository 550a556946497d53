package io.causa.bench.load;

import java.util.Locale;

/** What the answers of load programs say that count writes which have arrived everywhere. */
final class Throughput {

  private static final double NANOS_PER_SECOND = 1e9;

  private Throughput() {}

  /**
   * Returns {@code writes/s writes NaN NaN 0}.
   *
   * @param startNanos before the first write
   * @param endNanos when the last one had arrived at both peers
   */
  static String answer(long writes, long startNanos, long endNanos) {
    double rate = writes * NANOS_PER_SECOND / (endNanos - startNanos);
    return String.format(Locale.ROOT, "%.0f %d NaN NaN 0", rate, writes);
  }
}
