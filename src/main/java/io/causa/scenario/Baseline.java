package io.causa.scenario;

import io.causa.client.ReplicaText;
import io.causa.history.Access;
import java.util.Map;

/**
 * How the cluster was when the scenario began; everything that it expects is relative to this.
 *
 * @param counts the clock on which all nodes agreed
 * @param replicas each node's name with its generation
 * @param keys what the scenario's keys showed
 */
record Baseline(Counts counts, Map<String, String> replicas, Map<String, Access> keys) {
  /**
   * The name under which the nodes print this node's present replica: the bare one, as long as no
   * other generation of it is known.
   */
  String printed(String node) {
    boolean generations =
        counts.vc().keySet().stream()
            .anyMatch(it -> ReplicaText.isFull(it) && ReplicaText.name(it).equals(node));
    return generations ? replicas.getOrDefault(node, node) : node;
  }

  /** The number of this node's write that is {@code more} after the start. */
  long number(String node, long more) {
    return counts.vc().getOrDefault(printed(node), 0L) + more;
  }

  /** How many writes of a replica there were; it is named as nodes name it now. */
  long countOf(String replica) {
    Long same = counts.vc().get(replica);
    if (same != null) {
      return same;
    }
    String name = ReplicaText.name(replica);
    String then = replicas.getOrDefault(name, name);
    if (ReplicaText.isFull(replica)) {
      return replica.equals(then) ? counts.vc().getOrDefault(name, 0L) : 0;
    }
    return counts.vc().getOrDefault(then, 0L);
  }

  /** As {@code node1:17}. */
  String dot(String node, long more) {
    return printed(node) + ":" + number(node, more);
  }
}
