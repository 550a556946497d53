package io.causa.scenario;

import io.causa.client.NodeStatus;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Waits until the nodes agree: all ready, one clock, nothing that waits. */
final class Settling {
  private static final long POLL_MILLIS = 50;

  private final Nodes nodes;
  private final long settleMillis;

  Settling(Nodes nodes, long settleMillis) {
    this.nodes = nodes;
    this.settleMillis = settleMillis;
  }

  /** Returns what keeps them from it; empty once they agree. */
  Optional<String> await() {
    long deadline = System.nanoTime() + settleMillis * 1_000_000;
    while (!agree(nodes.statuses())) {
      if (System.nanoTime() > deadline) {
        return Optional.of(
            "the nodes do not agree after %,d ms: %s".formatted(settleMillis, nodes.clocks()));
      }
      Await.pause(POLL_MILLIS);
    }
    return Optional.empty();
  }

  private boolean agree(Map<String, NodeStatus> statuses) {
    Collection<NodeStatus> all = statuses.values();
    return all.size() == nodes.all().size()
        && all.stream().allMatch(Settling::isQuiet)
        && all.stream().map(NodeStatus::vc).distinct().count() == 1;
  }

  private static boolean isQuiet(NodeStatus status) {
    return status.ready() && status.bufferedWrites() == 0 && status.heldRequests() == 0;
  }
}
