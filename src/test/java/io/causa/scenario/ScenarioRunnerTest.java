package io.causa.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.history.HistoryChecks;
import io.causa.history.HistoryFile;
import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioRunnerTest {
  private static final Path SCENARIOS = Path.of("conf/scenarios");

  /** The fake nodes agree at once or never. */
  private static final ScenarioRunner.Options OPTIONS =
      ScenarioRunner.Options.DEFAULT.withSettleMillis(2_000);

  private final Vertx vertx = Vertx.vertx();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  @TempDir Path directory;

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(SCENARIOS)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void aRightClusterPassesTwiceInARow(String file) throws IOException {
    Scenario scenario = ScenarioReader.read(SCENARIOS.resolve(file));
    try (FakeCluster fake = new FakeCluster(vertx, 3, Flaw.NONE);
        Cluster cluster = fake.cluster()) {
      assertThat(play(cluster, scenario, scenario).verdicts())
          .as(printed::toString)
          .allSatisfy(v -> assertThat(v.outcome()).isEqualTo(Verdict.Outcome.PASSED));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FORGETS_DEPENDENCIES, effect-before-cause, buffered writes",
    "FORGETS_CONTEXTS, client-ahead, instead of",
    "FORGETS_CONTEXTS, moving-session, causal-order",
    "ARRIVAL_WINS, concurrent-writes, instead of 2",
    "HIDES_CONFLICTS, concurrent-writes, among the versions that lost",
    "REUSES_VERSIONS, moving-session, unique-versions",
    "CLOCK_RUNS_AHEAD, dependent-write, its clock counts",
    "IGNORES_FAULTS, delay-and-reorder, line",
    "IGNORES_FAULTS, client-ahead, line",
  })
  void aWrongClusterFails(Flaw flaw, String name, String reason) throws IOException {
    Scenario scenario = impatient(ScenarioReader.read(SCENARIOS.resolve(name + ".yaml")));
    Verdict verdict = playOne(flaw, scenario);
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAILED);
    assertThat(verdict.reasons()).anyMatch(it -> it.contains(reason));
  }

  @Test
  void anEffectThatIsShownBeforeItsCauseIsFoundByTheHistoryAlone() throws IOException {
    Scenario scenario =
        parse(
            """
            steps:
              - hold: {to: node3, origin: node1}
              - put: {node: node1, as: alice, key: a, value: 1}
              - wait-until: {node: node2, values: {a: 1}}
              - get: {node: node2, as: bob, key: a}
              - put: {node: node2, as: bob, key: b, value: 2}
              - wait-until: {node: node3, values: {b: 2}, withinMillis: 5000}
              - get: {node: node3, key: a}
            """);
    Verdict verdict = playOne(Flaw.FORGETS_DEPENDENCIES, scenario);
    assertThat(verdict.reasons()).isNotEmpty().allMatch(it -> it.startsWith("history: "));
    assertThat(verdict.reasons()).anyMatch(it -> it.contains("cause-before-effect"));
  }

  @Test
  void aNodeThatNeverGetsAWriteFails() throws IOException {
    Scenario scenario =
        parse(
            """
            steps:
              - repeat:
                  times: 3
                  steps:
                    - put: {node: node1, as: alice, key: a, value: 1}
              - wait-until: {values: {a: 1}, withinMillis: 500}
            """);
    Verdict verdict = playOne(Flaw.LOSES_WRITES, scenario);
    assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAILED);
    assertThat(verdict.reasons())
        .anyMatch(
            it -> it.contains("line 8: not within 500 ms: node2 shows a=1 node1:2, which is not"))
        .anyMatch(
            it -> it.contains("do not agree after 2,000 ms: the clocks differ: node1 [3,0,0]"));
  }

  @Test
  void aWriteThatComesTooEarlyFails() throws IOException {
    Scenario scenario =
        parse(
            """
            steps:
              - put: {node: node1, key: a, value: 1}
              - wait-until: {values: {a: 1}, afterAtLeastMillis: 60000}
            """);
    assertThat(playOne(Flaw.NONE, scenario).reasons())
        .first()
        .asString()
        .contains("earlier than 60,000 ms");
  }

  @Test
  void stepsAfterAFailureAreNotPlayed() throws IOException {
    Scenario scenario =
        parse(
            """
            steps:
              - get: {node: node1, key: a, value: 1}
              - put: {node: node1, key: a, value: 1}
            """);
    Verdict verdict = playOne(Flaw.NONE, scenario);
    assertThat(verdict.steps()).isEqualTo(1);
    assertThat(verdict.reasons()).containsExactly("line 4: node1 shows a absent instead of 1");
  }

  @Test
  void aContextGoesFromOneClientToAnother() throws IOException {
    Scenario scenario =
        parse(
            """
            steps:
              - hold: {from: node1, to: node2}
              - hold: {from: node3, to: node2}
              - put: {node: node1, as: alice, key: a, value: 1}
              - get: {node: node2, as: bob, context: alice, key: a, waitSeconds: 0, answers: 503}
              - get: {node: node2, key: a, absent: true}
              - release: {from: node1}
              - get: {node: node2, as: bob, key: a, value: 1}
              - delete: {node: node2, as: bob, key: a}
              - get: {node: node1, as: carol, context: bob, key: a, absent: true}
            """);
    assertThat(playOne(Flaw.NONE, scenario).outcome())
        .as(printed::toString)
        .isEqualTo(Verdict.Outcome.PASSED);
  }

  @Test
  void aClientCannotTakeOverASecondContext() throws IOException {
    Scenario scenario =
        parse(
            """
            steps:
              - put: {node: node1, as: alice, key: a, value: 1}
              - put: {node: node1, as: bob, key: a, value: 2}
              - put: {node: node1, as: bob, context: alice, key: a, value: 3}
            """);
    assertThat(playOne(Flaw.NONE, scenario).reasons().toString()).contains("cannot merge two");
  }

  @Test
  void whatTheClusterLacksSkipsAScenario() throws IOException {
    Scenario outage = ScenarioReader.read(SCENARIOS.resolve("temporary-outage.yaml"));
    Scenario faults = ScenarioReader.read(SCENARIOS.resolve("effect-before-cause.yaml"));
    Scenario five = parse("nodes: 5\nsteps:\n  - say: hello\n");
    try (FakeCluster fake = new FakeCluster(vertx, 3, Flaw.REFUSES_FAULTS);
        Cluster cluster = fake.clusterWithoutControl()) {
      Summary summary = play(cluster, outage, faults, five);
      assertThat(summary.count(Verdict.Outcome.SKIPPED)).isEqualTo(3);
      assertThat(summary.passed()).isTrue();
      assertThat(printed.toString().replaceAll("\\s+", " "))
          .contains("nobody here can do that")
          .contains("started with --faults?")
          .contains("it needs 5 nodes, this cluster has 3");
    }
  }

  @Test
  void aStoppedNodeIsBackAfterAFailedScenario() throws IOException {
    Scenario scenario =
        parse(
            """
            steps:
              - stop: node2
              - get: {node: node1, key: a, value: 1}
            """);
    try (FakeCluster fake = new FakeCluster(vertx, 3, Flaw.NONE);
        Cluster cluster = fake.cluster()) {
      assertThat(play(cluster, scenario).passed()).isFalse();
      assertThat(new Nodes(cluster).statuses()).hasSize(3);
      assertThat(printed.toString()).containsPattern("node2: stop +\\[0,0,0\\] +down +\\[0,0,0\\]");
    }
  }

  @Test
  void everyStepIsPrintedWithAllClocks() throws IOException {
    Scenario scenario =
        parse(
            """
            steps:
              - put: {node: node1, as: alice, key: a, value: 1}
              - wait-until: {values: {a: 1}}
            """);
    playOne(Flaw.NONE, scenario);
    assertThat(printed.toString())
        .containsPattern(" {51}node1 {5}node2 {5}node3\n")
        .containsPattern("\n {6}at the start {33}\\[0,0,0]   \\[0,0,0]   \\[0,0,0]\n")
        .containsPattern("\n   1  node1: alice puts a=1 -> node1:1 +\\[1\\*,0,0]  \\[")
        .containsPattern("\n   2  all nodes: a=1, after .* ms +\\[1,0,0] +\\[1[*]?,0,0] +\\[1")
        .contains("1 passed, 0 failed, 0 skipped");
  }

  @Test
  void theHistoryIsWrittenAndCanBeCheckedAgain() throws IOException {
    Scenario scenario = ScenarioReader.read(SCENARIOS.resolve("dependent-write.yaml"));
    try (FakeCluster fake = new FakeCluster(vertx, 3, Flaw.NONE);
        Cluster cluster = fake.cluster()) {
      new ScenarioRunner(cluster, out(), OPTIONS.withHistory(directory))
          .run(List.of(scenario, scenario));
    }
    for (String file : List.of("dependent-write.jsonl", "dependent-write-2.jsonl")) {
      var history = HistoryFile.read(directory.resolve(file));
      assertThat(history).hasSizeGreaterThan(10);
      assertThat(HistoryChecks.check(history)).isEmpty();
    }
  }

  /** The same, but waiting for nothing longer than a fake cluster that is right could need. */
  private static Scenario impatient(Scenario scenario) {
    List<Step> steps =
        scenario.steps().stream()
            .map(step -> step instanceof Step.WaitUntil wait ? impatient(wait) : step)
            .toList();
    return new Scenario(
        scenario.name(),
        scenario.title(),
        scenario.story(),
        scenario.order(),
        scenario.nodes(),
        steps);
  }

  private static Step impatient(Step.WaitUntil wait) {
    return new Step.WaitUntil(
        wait.line(), wait.nodes(), wait.condition(), 1_500, wait.afterAtLeastMillis());
  }

  private Verdict playOne(Flaw flaw, Scenario scenario) {
    try (FakeCluster fake = new FakeCluster(vertx, 3, flaw);
        Cluster cluster = fake.cluster()) {
      return play(cluster, scenario).verdicts().get(0);
    }
  }

  private Summary play(Cluster cluster, Scenario... scenarios) {
    return new ScenarioRunner(cluster, out(), OPTIONS).run(List.of(scenarios));
  }

  private PrintStream out() {
    return new PrintStream(printed, true, StandardCharsets.UTF_8);
  }

  private static Scenario parse(String text) throws IOException {
    return ScenarioReader.parse(Path.of("test.yaml"), "title: test\nstory: test\n" + text);
  }
}
