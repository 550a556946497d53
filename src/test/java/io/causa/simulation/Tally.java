package io.causa.simulation;

import java.io.PrintStream;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was injected and which states were reached; a state never reached proves nothing. */
final class Tally {

  static final String FORGOTTEN = "orders to forget a member";
  static final String CLOCK_BACK = "fault clock-back";

  private final Map<String, Long> counts = new TreeMap<>();

  void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  void add(String what, long number) {
    counts.merge(what, number, Long::sum);
  }

  long get(String what) {
    return counts.getOrDefault(what, 0L);
  }

  void addAll(Tally other) {
    other.counts.forEach((what, number) -> counts.merge(what, number, Long::sum));
  }

  /** The sum of all counts whose names start so. */
  long startingWith(String prefix) {
    return counts.entrySet().stream()
        .filter(count -> count.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  void print(PrintStream out) {
    counts.forEach((what, number) -> out.printf("%,14d  %s%n", number, what));
  }
}
