package io.causa.bench.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stops of a JVM, as {@code -Xlog:safepoint} tells them. */
final class Safepoints {

  /** Java 17 and 25 differ in what stands before the total. */
  private static final Pattern TOTAL = Pattern.compile("^.*Safepoint \".*Total: +(\\d+) ns.*$");

  private static final double NANOS_PER_MILLI = 1e6;

  private Safepoints() {}

  /**
   * Returns how long each stop lasted, the way to it included, in milliseconds.
   *
   * @param log lines of the log; those about other things are left out
   */
  static List<Double> millis(List<String> log) {
    List<Double> stops = new ArrayList<>();
    for (String line : log) {
      Matcher total = TOTAL.matcher(line);
      if (total.matches()) {
        stops.add(Long.parseLong(total.group(1)) / NANOS_PER_MILLI);
      }
    }
    return stops;
  }

  /**
   * Returns the stop that so large a share of all stops does not exceed.
   *
   * @param share above 0, at most 1
   */
  static double quantile(List<Double> stops, double share) {
    List<Double> sorted = stops.stream().sorted().toList();
    int rank = (int) Math.ceil(share * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }
}
