package io.causa.torture;

import io.causa.client.NodeStatus;
import io.causa.client.ReplicaText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which replicas there were so far, by name. Nodes print a bare name while they know one generation
 * of it only; here it becomes a full one again. Thread-safe.
 */
final class Generations {
  private final Map<String, Set<String>> byName = new HashMap<>();

  /** Takes note of every replica that this status names in full. */
  synchronized void learn(NodeStatus status) {
    learn(status.replica());
    status.peers().forEach(peer -> learn(peer.replica()));
    status.vc().keySet().forEach(this::learn);
  }

  private void learn(String replica) {
    if (ReplicaText.isFull(replica)) {
      byName.computeIfAbsent(ReplicaText.name(replica), x -> new TreeSet<>()).add(replica);
    }
  }

  /** The node's clock with full names; empty if a bare one cannot be told for sure. */
  Optional<Clock> clock(NodeStatus status) {
    Map<String, Long> counts = new TreeMap<>();
    for (Map.Entry<String, Long> entry : status.vc().entrySet()) {
      Optional<String> full = full(entry.getKey(), status);
      if (full.isEmpty()) {
        return Optional.empty();
      }
      counts.put(full.get(), entry.getValue());
    }
    return Optional.of(new Clock(counts));
  }

  /** What a name means that stands in this status. */
  synchronized Optional<String> full(String name, NodeStatus status) {
    if (ReplicaText.isFull(name)) {
      return Optional.of(name);
    }
    if (name.equals(status.id())) {
      return Optional.of(status.replica());
    }
    List<String> peers =
        status.peers().stream()
            .map(NodeStatus.Peer::replica)
            .filter(replica -> ReplicaText.name(replica).equals(name))
            .distinct()
            .toList();
    Set<String> known = byName.getOrDefault(name, Set.of());
    if (peers.size() == 1) {
      return Optional.of(peers.get(0));
    }
    return known.size() == 1 ? known.stream().findFirst() : Optional.empty();
  }
}
