package io.causa.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnerTest {

  @TempDir Path directory;
  private final Findings findings = new Findings();
  private final List<String> ran = new ArrayList<>();
  private long secondsLeft = 100;

  private final class Pretended implements Benchmark {
    private final String name;
    private final List<String> targets;
    private final Runnable work;

    Pretended(String name, List<String> targets, Runnable work) {
      this.name = name;
      this.targets = targets;
      this.work = work;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<String> targets() {
      return targets;
    }

    @Override
    public void run(Lab lab, Findings found) {
      ran.add(name);
      work.run();
    }
  }

  private Runner run(Benchmark... benchmarks) {
    Runner runner = new Runner(findings, () -> secondsLeft);
    try (Lab lab = new Lab(directory, directory, Plan.QUICK, 20_000, "64m")) {
      for (Benchmark benchmark : benchmarks) {
        runner.run(lab, benchmark);
      }
    }
    return runner;
  }

  @Test
  void oneThatFailsDoesNotKeepTheOthersFromRunning() {
    Runner runner =
        run(
            new Pretended(
                "first",
                List.of("restart", "start"),
                () -> {
                  findings.reach("start", Spread.of(2));
                  throw new BenchException("no such thing\nand its log");
                }),
            new Pretended("second", List.of("memory"), () -> {}));
    assertThat(ran).containsExactly("first", "second");
    assertThat(runner.failed()).isTrue();
    assertThat(findings.figures()).containsOnlyKeys("start");
    assertThat(findings.skipped()).containsOnlyKeys("restart").containsValue("failed");
    assertThat(findings.remarks()).containsExactly("`first` failed: no such thing");
  }

  @Test
  void nothingBeginsWhenTheTimeIsUp() {
    Runner runner =
        run(
            new Pretended("first", List.of("start"), () -> secondsLeft = 0),
            new Pretended("second", List.of("memory"), () -> {}));
    assertThat(ran).containsExactly("first");
    assertThat(runner.failed()).isFalse();
    assertThat(findings.skipped()).containsEntry("memory", "the time was up");
  }
}
