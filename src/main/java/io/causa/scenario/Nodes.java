package io.causa.scenario;

import io.causa.client.Answer;
import io.causa.client.NodeStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The cluster's nodes while a scenario runs: which of them are down on purpose, and what they say
 * of themselves. Thread-safe.
 */
final class Nodes {
  private final Cluster cluster;
  private final Set<String> down = ConcurrentHashMap.newKeySet();

  Nodes(Cluster cluster) {
    this.cluster = cluster;
  }

  Cluster cluster() {
    return cluster;
  }

  List<Cluster.Node> all() {
    return cluster.nodes();
  }

  /** The named places, or all nodes if none is named. */
  List<Cluster.Node> at(List<String> places) {
    return places.isEmpty() ? all() : places.stream().map(cluster::node).toList();
  }

  List<Cluster.Node> up() {
    return all().stream().filter(node -> !down.contains(node.name())).toList();
  }

  List<String> down() {
    return List.copyOf(down);
  }

  void mark(String name, boolean isDown) {
    if (isDown) {
      down.add(name);
    } else {
      down.remove(name);
    }
  }

  Optional<NodeStatus> status(Cluster.Node node) {
    return statusOf(Await.result(node.client().status()));
  }

  /** What each node says, asked all at once; a node that does not answer is missing. */
  Map<String, NodeStatus> statuses() {
    List<Cluster.Node> asked = up();
    List<Future<Answer>> answers =
        new ArrayList<>(asked.stream().map(node -> node.client().status()).toList());
    Await.result(Future.all(answers));
    Map<String, NodeStatus> statuses = new LinkedHashMap<>();
    for (int i = 0; i < asked.size(); i++) {
      String name = asked.get(i).name();
      statusOf(answers.get(i).result()).ifPresent(status -> statuses.put(name, status));
    }
    return statuses;
  }

  private static Optional<NodeStatus> statusOf(Answer answer) {
    return answer instanceof Answer.Reported reported
        ? Optional.of(reported.status())
        : Optional.empty();
  }
}
