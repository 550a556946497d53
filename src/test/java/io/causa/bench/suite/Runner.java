package io.causa.bench.suite;

import java.util.function.LongSupplier;

/**
 * Runs benchmarks one after the other: one that fails does not keep the others from running, and
 * the ones for which no time is left are skipped.
 */
final class Runner {

  private final Findings findings;
  private final LongSupplier secondsLeft;
  private boolean failed;

  /**
   * @param secondsLeft how long benchmarks may still begin
   */
  Runner(Findings findings, LongSupplier secondsLeft) {
    this.findings = findings;
    this.secondsLeft = secondsLeft;
  }

  void run(Lab lab, Benchmark benchmark) {
    if (lab.isClosed()) {
      return;
    }
    if (secondsLeft.getAsLong() <= 0) {
      lab.say("%s is skipped: the time is up", benchmark.name());
      skipRest(benchmark, "the time was up");
      return;
    }
    lab.say("%s", benchmark.name());
    try {
      benchmark.run(lab, findings);
    } catch (RuntimeException cannot) {
      if (lab.isClosed()) {
        return;
      }
      failed = true;
      lab.say("  %s failed: %s", benchmark.name(), cannot);
      skipRest(benchmark, "failed");
      findings.remark("`" + benchmark.name() + "` failed: " + firstLine(cannot));
    }
  }

  private void skipRest(Benchmark benchmark, String reason) {
    for (String target : benchmark.targets()) {
      if (!findings.figures().containsKey(target)) {
        findings.skip(target, reason);
      }
    }
  }

  /** Whether any benchmark could not measure. */
  boolean failed() {
    return failed;
  }

  private static String firstLine(RuntimeException cannot) {
    String text = cannot instanceof BenchException ? cannot.getMessage() : cannot.toString();
    return text.lines().findFirst().orElse("");
  }
}
