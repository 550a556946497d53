package io.causa.torture;

import io.causa.history.HistoryEvent;
import io.causa.history.Operation;
import io.causa.history.Outcome;
import io.causa.history.Violation;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What came of it.
 *
 * @param history what the clients saw
 * @param checks the names of the checks that the history was held against
 * @param faults how often which fault was brought about
 * @param longestRecoveryNanos from the end of all faults to all nodes having everything
 * @param stranded how many received writes and held requests wait for what was lost with the memory
 *     of a node
 * @param lostByDesign how many acknowledged writes only a node had that lost its memory
 * @param longestReadNanos how long a reader was not served that tries again at once, at any node; 0
 *     if there was none
 * @param problems what went wrong beside the history
 */
public record TortureReport(
    List<HistoryEvent> history,
    List<String> checks,
    List<Violation> violations,
    Map<String, Integer> faults,
    long loadNanos,
    long longestRecoveryNanos,
    long stranded,
    long lostByDesign,
    long longestReadNanos,
    List<String> problems) {
  private static final int MOST_SHOWN_OF_A_RULE = 3;

  public TortureReport {
    history = List.copyOf(history);
    checks = List.copyOf(checks);
    violations = List.copyOf(violations);
    faults = new LinkedHashMap<>(faults);
    problems = List.copyOf(problems);
  }

  /** Whether every promise was kept. */
  public boolean passed() {
    return violations.isEmpty() && problems.isEmpty();
  }

  /** Prints tables for people. */
  public void print(PrintStream out) {
    printOperations(out);
    out.printf("%nfaults%n");
    faults.forEach((kind, count) -> out.printf("  %-20s %,7d%n", kind, count));
    out.printf("%n%-22s %7.1f s%n", "longest to converge", longestRecoveryNanos / 1e9);
    if (longestReadNanos > 0) {
      out.printf(
          "%-22s %7.1f s  (until a read that is tried again is served)%n",
          "longest read", longestReadNanos / 1e9);
    }
    if (lostByDesign + stranded > 0) {
      out.printf("%-22s %,7d  (no other node had them)%n", "lost with memories", lostByDesign);
      out.printf("%-22s %,7d  (writes and requests)%n", "wait for these", stranded);
    }
    problems.forEach(problem -> out.println("problem: " + problem));
    printViolations(out);
  }

  private void printOperations(PrintStream out) {
    Map<Operation, Map<Outcome, Long>> table =
        history.stream()
            .collect(
                Collectors.groupingBy(
                    HistoryEvent::operation,
                    () -> new EnumMap<>(Operation.class),
                    Collectors.groupingBy(HistoryEvent::outcome, Collectors.counting())));
    out.printf("%n%-10s", "operation");
    for (Outcome outcome : Outcome.values()) {
      out.printf(" %9s", outcome.text());
    }
    out.println();
    table.forEach((operation, outcomes) -> printRow(out, operation.text(), outcomes));
    printRow(
        out,
        "all",
        history.stream()
            .collect(Collectors.groupingBy(HistoryEvent::outcome, Collectors.counting())));
    out.printf("%,.0f operations a second%n", history.size() / (loadNanos / 1e9));
  }

  private static void printRow(PrintStream out, String name, Map<Outcome, Long> outcomes) {
    out.printf("%-10s", name);
    for (Outcome outcome : Outcome.values()) {
      out.printf(" %,9d", outcomes.getOrDefault(outcome, 0L));
    }
    out.println();
  }

  private void printViolations(PrintStream out) {
    out.printf(
        "%d violations of %d checks (%s)%n",
        violations.size(), checks.size(), String.join(", ", checks));
    Map<String, List<Violation>> byRule =
        violations.stream()
            .collect(
                Collectors.groupingBy(Violation::rule, LinkedHashMap::new, Collectors.toList()));
    byRule.forEach(
        (rule, some) -> {
          some.stream().limit(MOST_SHOWN_OF_A_RULE).forEach(out::println);
          if (some.size() > MOST_SHOWN_OF_A_RULE) {
            out.printf("%s is broken %,d times in all%n", rule, some.size());
          }
        });
  }
}
