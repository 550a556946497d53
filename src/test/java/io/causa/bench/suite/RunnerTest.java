package io.causa.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

  @Test
  void nothingStartsBehindTheEnd() {
    Lab lab = new Lab(directory, directory, Plan.QUICK, 20_000, "64m");
    lab.close();
    assertThatThrownBy(() -> lab.run("true", List.of("true")))
        .isInstanceOf(BenchException.class)
        .hasMessage("the run was interrupted");
    Runner runner = new Runner(findings, () -> secondsLeft);
    runner.run(lab, new Pretended("late", List.of("start"), () -> {}));
    assertThat(ran).isEmpty();
    assertThat(findings.skipped()).isEmpty();
  }

  @Test
  void theEndOfARunEndsItsProcesses() {
    Lab lab = new Lab(directory, directory, Plan.QUICK, 20_000, "64m");
    Child child = lab.start("a sleeper", Map.of(), List.of("sleep", "1000"));
    ProcessHandle process = ProcessHandle.of(child.pid()).orElseThrow();
    assertThat(process.isAlive()).isTrue();
    lab.close();
    assertThat(process.isAlive()).isFalse();
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
