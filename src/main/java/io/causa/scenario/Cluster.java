package io.causa.scenario;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The nodes that scenarios are played on. Scenarios name them by their place in the order of their
 * names: {@code node1} is the first, whatever it is called.
 */
public final class Cluster implements AutoCloseable {
  /** One node, and a client for it. */
  public record Node(String name, CausaClient client) {}

  private static final Comparator<Node> BY_NAME =
      Comparator.comparing((Node node) -> node.name().replaceFirst("[0-9]*$", ""))
          .thenComparing(node -> node.name().length())
          .thenComparing(Node::name);

  private final List<Node> nodes;
  private final Optional<NodeControl> control;

  /**
   * @param control empty if nobody can stop and start the nodes; scenarios that need it are then
   *     skipped
   */
  public Cluster(List<Node> nodes, Optional<NodeControl> control) {
    this.nodes = nodes.stream().sorted(BY_NAME).toList();
    this.control = control;
    if (nodes.stream().map(Node::name).distinct().count() < nodes.size()) {
      throw new IllegalArgumentException("two of the addresses lead to one node: " + this);
    }
  }

  /**
   * Asks each address which node it is. Fails with a message for people if one does not answer.
   *
   * @param clients opens a client of each
   * @param urls as {@code http://127.0.0.1:5001}
   */
  public static Future<Cluster> discover(
      Function<String, CausaClient> clients, List<String> urls, Optional<NodeControl> control) {
    List<Future<Node>> asked = urls.stream().map(url -> ask(clients.apply(url))).toList();
    return Future.all(asked).map(all -> new Cluster(new ArrayList<>(all.list()), control));
  }

  private static Future<Node> ask(CausaClient client) {
    return client
        .status()
        .compose(
            answer ->
                answer instanceof Answer.Reported reported
                    ? Future.succeededFuture(new Node(reported.status().id(), client))
                    : Future.failedFuture("%s is no node: %s".formatted(client.url(), answer)));
  }

  List<Node> nodes() {
    return nodes;
  }

  Optional<NodeControl> control() {
    return control;
  }

  /** The node at a place that a scenario names. */
  Node node(String place) {
    return nodes.get(placeOf(place) - 1);
  }

  /** 3 for {@code node3}. */
  static int placeOf(String place) {
    return Integer.parseInt(place.substring("node".length()));
  }

  @Override
  public void close() {
    nodes.forEach(node -> node.client().close());
  }

  @Override
  public String toString() {
    return String.join(", ", nodes.stream().map(n -> n.name() + " " + n.client().url()).toList());
  }
}
