package io.causa.scenario;

import io.causa.client.ReplicaText;
import java.util.Map;

/**
 * A clock as a node tells it: how many writes of each replica are applied there. A node that came
 * back without its memory is another replica of the same name, printed {@code node1.generation};
 * here a node's count is that of all its generations, which never goes back.
 */
record Counts(Map<String, Long> vc) {
  long of(String node) {
    return vc.entrySet().stream()
        .filter(entry -> ReplicaText.name(entry.getKey()).equals(node))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }
}
