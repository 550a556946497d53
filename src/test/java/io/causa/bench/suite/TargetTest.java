package io.causa.bench.suite;

import static io.causa.bench.suite.Target.Sense.AT_LEAST;
import static io.causa.bench.suite.Target.Sense.AT_MOST;
import static io.causa.bench.suite.Target.Verdict.MISSED;
import static io.causa.bench.suite.Target.Verdict.REACHED;
import static io.causa.bench.suite.Target.Verdict.WANTED;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TargetTest {

  private static Target target(Target.Sense sense, double must, double want) {
    return new Target("x", "what", "reference", "×", sense, must, want, "alone");
  }

  @Test
  void aRateHasToBeAtLeastItsBound() {
    Target rate = target(AT_LEAST, 0.5, 0.65);
    assertThat(rate.verdict(0.49)).isEqualTo(MISSED);
    assertThat(rate.verdict(0.5)).isEqualTo(REACHED);
    assertThat(rate.verdict(0.65)).isEqualTo(WANTED);
  }

  @Test
  void aTimeHasToBeAtMostItsBound() {
    Target time = target(AT_MOST, 20, 5);
    assertThat(time.verdict(20.1)).isEqualTo(MISSED);
    assertThat(time.verdict(20)).isEqualTo(REACHED);
    assertThat(time.verdict(4)).isEqualTo(WANTED);
  }

  @Test
  void oneBoundAloneIsAlsoWhatIsWanted() {
    Target time = target(AT_MOST, 10, Double.NaN);
    assertThat(time.verdict(10)).isEqualTo(WANTED);
    assertThat(time.verdict(11)).isEqualTo(MISSED);
    assertThat(time.bound(time.want())).isEmpty();
  }

  @Test
  void whatIsNoNumberIsMissed() {
    assertThat(target(AT_LEAST, 0.5, 0.65).verdict(Double.NaN)).isEqualTo(MISSED);
    assertThat(target(AT_MOST, 20, 5).verdict(Double.NaN)).isEqualTo(MISSED);
  }

  @Test
  void boundsReadLikeBounds() {
    assertThat(target(AT_LEAST, 0.9, 1).bound(0.9)).isEqualTo("≥ 0.90 ×");
    assertThat(target(AT_MOST, 20, 5).bound(5)).isEqualTo("≤ 5 ×");
  }

  @Test
  void everyTargetHasItsBenchmarkAndEachBenchmarkItsTargets() {
    Set<String> measured = new HashSet<>();
    for (Benchmark benchmark : Suite.all(true)) {
      assertThat(benchmark.targets()).isNotEmpty();
      measured.addAll(benchmark.targets());
    }
    List<String> all = Targets.all().stream().map(Target::id).toList();
    assertThat(all).doesNotHaveDuplicates();
    assertThat(measured).containsExactlyInAnyOrderElementsOf(all);
    for (Target target : Targets.all()) {
      String name = target.benchmark().split(" ")[0];
      assertThat(Suite.all(true)).anyMatch(benchmark -> benchmark.name().equals(name));
    }
  }

  @Test
  void theWantedBoundIsTheHarderOne() {
    for (Target target : Targets.all()) {
      assertThat(target.verdict(target.must())).as(target.id()).isNotEqualTo(MISSED);
      if (!Double.isNaN(target.want())) {
        assertThat(target.sense().holds(target.want(), target.must())).as(target.id()).isTrue();
        assertThat(target.want()).as(target.id()).isNotEqualTo(target.must());
      }
    }
  }

  @Test
  void theScriptNamesAllBenchmarks() throws IOException {
    String script = Files.readString(Path.of("src/test/bench/all"));
    for (Benchmark benchmark : Suite.all(true)) {
      assertThat(script).contains("\n#   " + benchmark.name() + " ");
    }
  }
}
