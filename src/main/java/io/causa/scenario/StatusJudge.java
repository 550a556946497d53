package io.causa.scenario;

import io.causa.client.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares what one node says of itself with what a scenario expects. */
final class StatusJudge {
  private final Nodes nodes;
  private final Baseline baseline;
  private final HeldWrites held;
  private final Cluster.Node node;
  private final NodeStatus status;
  private final List<String> problems = new ArrayList<>();

  StatusJudge(
      Nodes nodes, Baseline baseline, HeldWrites held, Cluster.Node node, NodeStatus status) {
    this.nodes = nodes;
    this.baseline = baseline;
    this.held = held;
    this.node = node;
    this.status = status;
  }

  List<String> judge(Condition condition) {
    compare("ready", condition.ready(), status.ready());
    compare("the number of buffered writes", condition.buffered(), status.bufferedWrites());
    compare("the number of held requests", condition.heldRequests(), held.ownRequests(status));
    condition.waitsFor().forEach(this::judgeWaiting);
    if (!condition.clock().isEmpty()) {
      judgeClock(condition.clock());
    }
    return problems;
  }

  private void compare(String what, Object expected, Object actual) {
    if (expected != null && !expected.equals(actual)) {
      problems.add("%s: %s is %s instead of %s".formatted(node.name(), what, actual, expected));
    }
  }

  private void judgeWaiting(String place, long more) {
    String dot = baseline.dot(nodes.cluster().node(place).name(), more);
    List<String> awaited = status.buffered().stream().map(NodeStatus.Waiting::waitsFor).toList();
    if (!awaited.contains(dot)) {
      problems.add(
          "%s: buffered writes wait for %s instead of %s".formatted(node.name(), awaited, dot));
    }
  }

  /** All nodes count: one that is not named must have written nothing. */
  private void judgeClock(Map<String, Long> expected) {
    for (int place = 1; place <= nodes.all().size(); place++) {
      String name = nodes.all().get(place - 1).name();
      judgeCount(name, expected.getOrDefault("node" + place, 0L));
    }
  }

  private void judgeCount(String name, long expected) {
    long more = new Counts(status.vc()).of(name) - baseline.counts().of(name);
    if (more != expected) {
      problems.add(
          "%s: its clock counts %d writes of %s since the start instead of %d"
              .formatted(node.name(), more, name, expected));
    }
  }
}
