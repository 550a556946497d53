package io.causa.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Gives every node of a local cluster its name, its three ports, its flags and its log. */
final class ClusterPlan {
  static final String HOST = "127.0.0.1";

  /** What {@code node.stopMillis} is here, unless it is set: no balancer has to notice first. */
  static final long STOP_MILLIS = 5000;

  private static final int MOST_PORT = 65_535;

  private final ClusterSettings settings;
  private final Installation installation;
  private final Ports ports = new Ports(HOST);

  ClusterPlan(ClusterSettings settings, Installation installation) {
    this.settings = settings;
    this.installation = installation;
  }

  /**
   * @throws CommandFailure if a port that was asked for is taken
   */
  static List<NodePlan> of(ClusterSettings settings, Installation installation) {
    return new ClusterPlan(settings, installation).nodes();
  }

  /**
   * The nodes that the cluster begins with.
   *
   * @throws CommandFailure if a port that was asked for is taken
   */
  List<NodePlan> nodes() {
    List<Integer> http = ports(settings.basePort, "--base-port");
    List<Integer> cluster = ports(settings.clusterBasePort, "--cluster-base-port");
    List<Integer> bus = ports(settings.busBasePort, "--bus-base-port");
    Path logs =
        settings.logs != null
            ? settings.logs.toAbsolutePath()
            : installation.logs("cluster-" + http.get(0));
    return joined(
        IntStream.range(0, settings.nodes)
            .mapToObj(i -> node("node" + (i + 1), http.get(i), cluster.get(i), bus.get(i), logs))
            .toList());
  }

  /**
   * The same nodes and one more, with the next number and the next free ports. Every plan names all
   * of them as contacts, so that nodes that start again later find the new one too.
   *
   * @throws CommandFailure if there are as many as there may be, or no port is free
   */
  List<NodePlan> grown(List<NodePlan> before) {
    if (before.size() == ClusterSettings.MOST_NODES) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "there are %d nodes already, and a local cluster has no more".formatted(before.size()));
    }
    List<NodePlan> plans = new ArrayList<>(before);
    plans.add(
        node(
            "node" + (before.size() + 1),
            next(settings.basePort, before, NodePlan::httpPort),
            next(settings.clusterBasePort, before, plan -> plan.port("--cluster-port")),
            next(settings.busBasePort, before, plan -> plan.port("--bus-port")),
            before.get(0).log().getParent()));
    return joined(plans);
  }

  /** Every node has the same list of contacts, in the same order. */
  private static List<NodePlan> joined(List<NodePlan> plans) {
    String all = plans.stream().map(NodePlan::joinAddress).collect(Collectors.joining(","));
    return plans.stream().map(plan -> plan.joining(all)).toList();
  }

  private NodePlan node(String id, int http, int cluster, int bus, Path logs) {
    List<String> flags = new ArrayList<>(List.of("--id", id, "--host", HOST, "--port", "" + http));
    flags.addAll(List.of("--cluster-host", HOST, "--cluster-port", "" + cluster));
    flags.addAll(List.of("--bus-port", "" + bus, "--join", ""));
    flags.addAll(durability(id));
    flags.addAll(List.of("--set", "node.stopMillis=" + STOP_MILLIS));
    if (settings.faults) {
      flags.add("--faults");
    }
    settings.others.forEach((key, value) -> flags.addAll(List.of("--set", key + "=" + value)));
    return new NodePlan(id, HOST, http, flags, logs.resolve(id + ".log"));
  }

  private List<String> durability(String id) {
    Path directory = settings.durability.directory;
    return directory == null
        ? List.of("--memory")
        : List.of("--data", directory.toAbsolutePath().resolve(id).toString());
  }

  private List<Integer> ports(int first, String flag) {
    if (first == 0) {
      return IntStream.range(0, settings.nodes).mapToObj(i -> ports.free()).toList();
    }
    List<Integer> chosen = IntStream.range(first, first + settings.nodes).boxed().toList();
    chosen.forEach(port -> Ports.requireFree(HOST, port, flag));
    chosen.forEach(ports::reserve);
    return chosen;
  }

  /** The first free port behind those of the others, or any free one if they have any. */
  private int next(int first, List<NodePlan> before, ToIntFunction<NodePlan> portOf) {
    if (first != 0) {
      int last = before.stream().mapToInt(portOf).max().orElse(first);
      for (int port = last + 1; port <= MOST_PORT; port++) {
        if (Ports.isFree(HOST, port)) {
          ports.reserve(port);
          return port;
        }
      }
    }
    return ports.free();
  }
}
