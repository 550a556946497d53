package io.causa.scenario;

import io.causa.client.NodeStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Waits until the nodes agree: all ready, one clock, and nothing that waits. What nodes hold for
 * other clients is no business of a scenario.
 */
final class Settling {
  private static final long POLL_MILLIS = 50;
  private static final int LISTED = 3;

  private final Nodes nodes;
  private final HeldWrites held;
  private final long settleMillis;

  Settling(Nodes nodes, HeldWrites held, long settleMillis) {
    this.nodes = nodes;
    this.held = held;
    this.settleMillis = settleMillis;
  }

  /**
   * Returns what keeps them from it; empty once they agree.
   *
   * @param perspective how clocks are shown
   */
  Optional<String> await(Perspective perspective) {
    long deadline = System.nanoTime() + settleMillis * 1_000_000;
    while (true) {
      List<String> obstacles = obstacles(nodes.statuses(), perspective);
      if (obstacles.isEmpty()) {
        return Optional.empty();
      }
      if (System.nanoTime() > deadline) {
        return Optional.of(
            "the nodes do not agree after %,d ms: %s"
                .formatted(settleMillis, String.join("; ", obstacles)));
      }
      Await.pause(POLL_MILLIS);
    }
  }

  private List<String> obstacles(Map<String, NodeStatus> statuses, Perspective perspective) {
    List<String> obstacles = new ArrayList<>();
    for (Cluster.Node node : nodes.all()) {
      NodeStatus status = statuses.get(node.name());
      if (status == null) {
        obstacles.add(node.name() + " does not answer");
      } else {
        addObstacles(status, obstacles);
      }
    }
    if (statuses.values().stream().map(NodeStatus::vc).distinct().count() > 1) {
      obstacles.add("the clocks differ: " + clocks(statuses, perspective));
    }
    return obstacles;
  }

  private void addObstacles(NodeStatus status, List<String> obstacles) {
    if (!status.ready()) {
      obstacles.add(status.id() + " is not ready");
    }
    status.buffered().stream()
        .limit(LISTED)
        .forEach(
            write ->
                obstacles.add(
                    "%s buffers %s (%s), which waits for %s"
                        .formatted(
                            status.id(),
                            String.join(", ", write.keys()),
                            write.version(),
                            write.waitsFor())));
    if (status.bufferedWrites() > Math.min(LISTED, status.buffered().size())) {
      obstacles.add("%s buffers %,d writes".formatted(status.id(), status.bufferedWrites()));
    }
    List<HeldWrites.HeldWrite> own = held.own(status);
    if (!own.isEmpty()) {
      String text = "writes of this scenario are held: %s; %s";
      obstacles.add(text.formatted(HeldWrites.list(own), HeldWrites.REMEDY));
    }
  }

  private static String clocks(Map<String, NodeStatus> statuses, Perspective perspective) {
    return statuses.entrySet().stream()
        .map(it -> it.getKey() + " " + perspective.compact(new Counts(it.getValue().vc())))
        .collect(Collectors.joining(", "));
  }
}
