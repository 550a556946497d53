package io.causa.cli;

import io.causa.cli.playground.Playground;

/** A local cluster as text: its nodes with their processes and addresses. */
final class PlaygroundView {
  private static final String NOTHING = "-";

  private PlaygroundView() {}

  /** What does not change while the nodes run. */
  static String addresses(Playground cluster) {
    Columns table = new Columns("NODE", "PID", "HTTP", "JOIN (HAZELCAST)", "BUS");
    cluster
        .nodes()
        .forEach(node -> table.row(node.name(), pid(node), node.http(), node.join(), node.bus()));
    return table.toString();
  }

  /** The same with the state of each node. */
  static String page(Playground cluster) {
    Columns table = new Columns("NODE", "STATE", "PID", "HTTP", "JOIN (HAZELCAST)", "BUS");
    cluster
        .nodes()
        .forEach(
            node ->
                table.row(
                    node.name(), node.state(), pid(node), node.http(), node.join(), node.bus()));
    String data = cluster.data() == null ? "in memory" : "in " + cluster.data();
    return "%s, process %d, data %s, logs in %s\n%s"
        .formatted(cluster.name(), cluster.pid(), data, cluster.logs(), table);
  }

  private static String pid(Playground.Node node) {
    return node.pid() == null ? NOTHING : node.pid().toString();
  }
}
