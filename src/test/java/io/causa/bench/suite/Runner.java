package io.causa.bench.suite;

import java.io.UncheckedIOException;

/** Runs benchmarks one after the other: one that fails does not keep the others from running. */
final class Runner {

  private final Findings findings;
  private boolean failed;

  Runner(Findings findings) {
    this.findings = findings;
  }

  void run(Lab lab, Benchmark benchmark) {
    lab.say("%s", benchmark.name());
    try {
      benchmark.run(lab, findings);
    } catch (BenchException | UncheckedIOException cannot) {
      failed = true;
      lab.say("  %s failed: %s", benchmark.name(), cannot.getMessage());
      for (String target : benchmark.targets()) {
        if (!findings.figures().containsKey(target)) {
          findings.skip(target, "failed");
        }
      }
      findings.remark("`" + benchmark.name() + "` failed: " + firstLine(cannot.getMessage()));
    }
  }

  /** Whether any benchmark could not measure. */
  boolean failed() {
    return failed;
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("");
  }
}
