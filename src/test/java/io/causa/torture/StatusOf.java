package io.causa.torture;

import io.causa.client.NodeStatus;
import java.util.List;
import java.util.Map;

/** Statuses in which nothing matters but who is there and what is applied. */
final class StatusOf {
  private StatusOf() {}

  static NodeStatus node(
      String id, String replica, Map<String, Long> clock, List<NodeStatus.Peer> peers) {
    return new NodeStatus(
        id, replica, true, clock, Map.of(), false, 0, 0, List.of(), 0, List.of(), 0, 0, peers,
        List.of(), List.of(), List.of(), null, null, null);
  }
}
