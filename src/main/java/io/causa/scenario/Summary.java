package io.causa.scenario;

import java.io.PrintStream;
import java.util.List;

/** The verdicts of one run, in the order of play. */
public record Summary(List<Verdict> verdicts) {
  private static final String ROW = "%-30s %5s %6s  %-7s %8s%n";

  private static final int REASONS = 3;

  public Summary {
    verdicts = List.copyOf(verdicts);
  }

  /** Whether no scenario failed. One that was skipped has not failed. */
  public boolean passed() {
    return count(Verdict.Outcome.FAILED) == 0;
  }

  public long count(Verdict.Outcome outcome) {
    return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
  }

  void print(PrintStream out) {
    out.println();
    out.printf(ROW, "scenario", "steps", "checks", "verdict", "time");
    verdicts.forEach(verdict -> printRow(out, verdict));
    out.printf(
        "%n%d passed, %d failed, %d skipped%n",
        count(Verdict.Outcome.PASSED),
        count(Verdict.Outcome.FAILED),
        count(Verdict.Outcome.SKIPPED));
  }

  private static void printRow(PrintStream out, Verdict verdict) {
    String time = "%.1f s".formatted(verdict.millis() / 1e3);
    out.printf(ROW, verdict.scenario(), verdict.steps(), verdict.checks(), verdict.outcome(), time);
    verdict.reasons().stream()
        .limit(REASONS)
        .forEach(reason -> out.println("    " + reason.replace("\n", "\n    ")));
    if (verdict.reasons().size() > REASONS) {
      out.printf("    and %d more%n", verdict.reasons().size() - REASONS);
    }
  }
}
