package io.causa.scenario;

import java.util.ArrayList;
import java.util.List;

/** Plays what must be so, and what must become so. */
final class WatchSteps {
  private static final long POLL_MILLIS = 20;

  private final Stage stage;

  WatchSteps(Stage stage) {
    this.stage = stage;
  }

  void expect(Step.Expect expect) {
    List<Cluster.Node> where = stage.nodes().at(expect.nodes());
    List<String> wrong = new ArrayList<>();
    where.forEach(node -> wrong.addAll(look(node, expect.condition(), watcher())));
    step(where, expect.condition(), "");
    stage.check(expect, wrong);
  }

  void waitUntil(Step.WaitUntil wait) {
    List<Cluster.Node> where = stage.nodes().at(wait.nodes());
    long startNanos = stage.recorder().now();
    List<String> wrong = new ArrayList<>();
    where.forEach(node -> wrong.addAll(poll(node, wait, startNanos)));
    String when = wrong.isEmpty() ? "after" : "not after";
    step(where, wait.condition(), "%s %,d ms".formatted(when, since(startNanos)));
    stage.check(wait, wrong);
  }

  private void step(List<Cluster.Node> where, Condition condition, String time) {
    Describe describe = stage.describe();
    stage.transcript().step(describe.where(where), describe.condition(condition), time);
  }

  /** One observer looks at one node until it shows what is expected. */
  private List<String> poll(Cluster.Node node, Step.WaitUntil wait, long startNanos) {
    String watcher = watcher();
    List<String> wrong = look(node, wait.condition(), watcher);
    while (!wrong.isEmpty() && since(startNanos) < wait.withinMillis()) {
      Await.pause(POLL_MILLIS);
      wrong = look(node, wait.condition(), watcher);
    }
    return wrong.isEmpty()
        ? tooEarly(node, wait)
        : wrong.stream()
            .map(it -> "not within %,d ms: %s".formatted(wait.withinMillis(), it))
            .toList();
  }

  private List<String> tooEarly(Cluster.Node node, Step.WaitUntil wait) {
    long elapsedMillis = stage.recorder().millisSinceLastWrite();
    if (wait.afterAtLeastMillis() == null || elapsedMillis >= wait.afterAtLeastMillis()) {
      return List.of();
    }
    return List.of(
        "%s shows it %,d ms after the write, earlier than %,d ms"
            .formatted(node.name(), elapsedMillis, wait.afterAtLeastMillis()));
  }

  private List<String> look(Cluster.Node node, Condition condition, String watcher) {
    return stage.judge().look(node, condition, watcher);
  }

  private String watcher() {
    return stage.recorder().stranger("watcher");
  }

  private long since(long startNanos) {
    return (stage.recorder().now() - startNanos) / 1_000_000;
  }
}
