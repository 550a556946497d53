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
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the scenarios look that come with Causa. */
class ShownScenariosTest {
  private static final Path SCENARIOS = Path.of("conf/scenarios");
  private static final String CODE = "\u001b";
  private static final Executor THREADS = play -> new Thread(play, "play").start();

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() {
    Await.result(vertx.close());
  }

  @Test
  void noLineIsWiderThanThePage() throws IOException {
    List<Scenario> all = ScenarioReader.readAll(SCENARIOS);
    // Most of each play is waiting, so they wait together.
    Map<Integer, CompletableFuture<List<String>>> plays = new TreeMap<>();
    for (int width : new int[] {60, 80, 120}) {
      Look look = new Look(width, false, false);
      plays.put(width, CompletableFuture.supplyAsync(() -> show(look, all), THREADS));
    }
    plays.forEach((width, shown) -> checkWidth(width, shown.join(), all));
  }

  private static void checkWidth(int width, List<String> lines, List<Scenario> all) {
    assertThat(lines).hasSizeGreaterThan(100).allMatch(line -> line.length() <= width);
    assertThat(lines).noneMatch(line -> line.contains(CODE));
    assertThat(lines).noneMatch(line -> line.endsWith(" "));
    assertThat(lines).contains("8 passed, 0 failed, 0 skipped");
    assertThat(lines).filteredOn(line -> line.matches(" {6}at the start.*")).hasSize(8);
    all.forEach(it -> assertThat(lines).contains("      " + it.name() + " PASSED"));
  }

  @Test
  void clocksBeginAtZeroInEveryScenarioAndWhatMovesIsMarked() throws IOException {
    Scenario first = ScenarioReader.read(SCENARIOS.resolve("effect-before-cause.yaml"));
    List<String> lines = show(Look.PLAIN, List.of(first, first));

    assertThat(lines)
        .filteredOn(line -> line.contains("at the start"))
        .hasSize(2)
        .allMatch(line -> line.endsWith("  [0,0,0]   [0,0,0]   [0,0,0]"));
    assertThat(lines)
        .filteredOn(line -> line.matches(" +2  node1: alice puts a=1 -> node1:1 .*"))
        .hasSize(2)
        .allMatch(line -> line.contains("[1*,0,0]"));
    assertThat(lines)
        .filteredOn(line -> line.contains("node3: 1 buffered, waiting for node1:1"))
        .hasSize(2);
    assertThat(String.join("\n", lines)).doesNotContain("effect-before-cause-");
  }

  @Test
  void onRequestClocksAreThoseOfTheNodes() throws IOException {
    Scenario first = ScenarioReader.read(SCENARIOS.resolve("effect-before-cause.yaml"));
    List<String> lines = show(new Look(80, false, true), List.of(first, first));

    assertThat(lines).anyMatch(line -> line.contains("node3: 1 buffered, waiting for node1:2"));
    assertThat(lines).anyMatch(line -> line.matches(" +at the start +(\\[1,1,0] *){3}"));
    assertThat(lines).anyMatch(line -> line.contains("counted so far"));
  }

  @Test
  void theLegendStandsAtTheTop() throws IOException {
    Scenario quick = ScenarioReader.read(SCENARIOS.resolve("concurrent-writes.yaml"));
    List<String> lines = show(Look.PLAIN, List.of(quick));
    String legend = String.join(" ", lines.subList(0, 4));

    assertThat(legend)
        .contains("[a,b,c]", "a writes of node1, b of node2, c of node3", "* marks", "node1:2");
    assertThat(lines.get(5)).startsWith("== concurrent-writes: ");
    assertThat(String.join(" ", lines)).doesNotContain("generation");
  }

  @Test
  void inColourVerdictsAndMovedCountsStandOutAndTheTextIsTheSame() throws IOException {
    Scenario quick = ScenarioReader.read(SCENARIOS.resolve("concurrent-writes.yaml"));
    List<String> lines = show(new Look(80, true, false), List.of(quick));

    assertThat(lines).anyMatch(line -> line.contains(CODE + "[1;32mPASSED" + CODE + "[0m"));
    assertThat(lines).anyMatch(line -> line.contains(CODE + "[1;7m1*" + CODE + "[0m"));
    assertThat(lines)
        .map(line -> line.replaceAll(CODE + "\\[[0-9;]*m", ""))
        .allMatch(line -> line.length() <= 80);
  }

  @Test
  void longNamesAndValuesAreBrokenRatherThanTooWide() throws IOException {
    String text =
        """
        title: t
        story: %1$s
        steps:
          - put: {node: node1, key: k, value: %1$s}
          - get: {node: node1, key: k, value: %1$s-other}
        """
            .formatted("long".repeat(50));
    Scenario scenario = ScenarioReader.parse(Path.of("long".repeat(30) + ".yaml"), text);
    List<String> lines = show(Look.PLAIN, List.of(scenario));

    assertThat(lines)
        .allMatch(line -> line.length() <= 80)
        .contains("0 passed, 1 failed, 0 skipped");
  }

  private List<String> show(Look look, List<Scenario> scenarios) {
    var printed = new ByteArrayOutputStream();
    var options = ScenarioRunner.Options.DEFAULT.withSettleMillis(5_000).withLook(look);
    try (FakeCluster fake = new FakeCluster(vertx, 3, Flaw.NONE);
        Cluster cluster = fake.cluster()) {
      var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
      new ScenarioRunner(cluster, out, options).run(scenarios);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
