package io.causa.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What others' held writes do to a scenario. */
class ForeignHeldWritesTest {
  private static final ScenarioRunner.Options OPTIONS =
      ScenarioRunner.Options.DEFAULT.withSettleMillis(2_000);

  private final Vertx vertx = Vertx.vertx();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void aHeldWriteOfSomebodyElseIsNamedOnceAndDisturbsNothing() throws IOException {
    Scenario scenario = ScenarioReader.read(Path.of("conf/scenarios/client-ahead.yaml"));
    try (FakeCluster fake = new FakeCluster(vertx, 3, Flaw.NONE);
        Cluster cluster = fake.cluster()) {
      hold(cluster, "y", Map.of("node1", 90L));
      Summary summary = runner(cluster).run(List.of(scenario, scenario));
      assertThat(summary.count(Verdict.Outcome.PASSED)).as(this::text).isEqualTo(2);
    }
    assertThat(text())
        .containsOnlyOnce("NOTE: writes of others are held: y at node2 (for node1:90)")
        .contains("`bin/causa held`");
  }

  @Test
  void aHeldWriteThatIsAppliedMeanwhileIsNamedAsTheReason() throws IOException {
    Scenario scenario =
        parse(
            """
            steps:
              - put: {node: node1, key: a, value: 1}
              - wait-until: {node: node2, clock: {node1: +1, node2: +1}}
              - expect: {node: node2, clock: {node1: +1}}
            """);
    try (FakeCluster fake = new FakeCluster(vertx, 3, Flaw.NONE);
        Cluster cluster = fake.cluster()) {
      hold(cluster, "y", Map.of("node1", 1L));
      Verdict verdict = runner(cluster).run(List.of(scenario)).verdicts().get(0);
      assertThat(verdict.outcome()).isEqualTo(Verdict.Outcome.FAILED);
      assertThat(verdict.reasons())
          .last()
          .asString()
          .contains("not held any more: y at node2 (for node1:1)")
          .contains("play the scenario again");
    }
  }

  @Test
  void aHeldWriteOfItsOwnIsNamedAsWhatIsInTheWay() throws IOException {
    Scenario scenario =
        parse(
            """
            steps:
              - put: {node: node2, key: a, value: 1, vc: {node1: +9}, answers: 202}
            """);
    try (FakeCluster fake = new FakeCluster(vertx, 3, Flaw.NONE);
        Cluster cluster = fake.cluster()) {
      Verdict verdict = runner(cluster).run(List.of(scenario)).verdicts().get(0);
      assertThat(verdict.reasons())
          .singleElement()
          .asString()
          .contains("the nodes do not agree after 2,000 ms: writes of this scenario are held")
          .contains("a at node2 (for node1:9)", "`bin/causa held`");
    }
  }

  private static void hold(Cluster cluster, String key, Map<String, Long> vc) {
    Await.result(cluster.node("node2").client().smallPut(key, "6", vc));
  }

  private ScenarioRunner runner(Cluster cluster) {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new ScenarioRunner(cluster, out, OPTIONS);
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8).replaceAll("\\s+", " ");
  }

  private static Scenario parse(String text) throws IOException {
    return ScenarioReader.parse(Path.of("test.yaml"), "title: test\nstory: test\n" + text);
  }
}
