package io.causa.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Gives every node of a local cluster its name, its three ports, its flags and its log. */
final class ClusterPlan {
  static final String HOST = "127.0.0.1";

  /** What {@code node.stopMillis} is here, unless it is set: no balancer has to notice first. */
  static final long STOP_MILLIS = 5000;

  private final ClusterSettings settings;
  private final Ports ports = new Ports(HOST);

  private ClusterPlan(ClusterSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws CommandFailure if a port that was asked for is taken
   */
  static List<NodePlan> of(ClusterSettings settings, Installation installation) {
    return new ClusterPlan(settings).nodes(installation);
  }

  private List<NodePlan> nodes(Installation installation) {
    List<Integer> http = ports(settings.basePort, "--base-port");
    List<Integer> cluster = ports(settings.clusterBasePort, "--cluster-base-port");
    List<Integer> bus = ports(settings.busBasePort, "--bus-base-port");
    String join = cluster.stream().map(port -> HOST + ":" + port).collect(Collectors.joining(","));
    Path logs =
        settings.logs != null
            ? settings.logs.toAbsolutePath()
            : installation.logs("cluster-" + http.get(0));
    return IntStream.range(0, settings.nodes)
        .mapToObj(i -> node("node" + (i + 1), http.get(i), cluster.get(i), bus.get(i), join, logs))
        .toList();
  }

  private NodePlan node(String id, int http, int cluster, int bus, String join, Path logs) {
    List<String> flags = new ArrayList<>(List.of("--id", id, "--host", HOST, "--port", "" + http));
    flags.addAll(List.of("--cluster-host", HOST, "--cluster-port", "" + cluster));
    flags.addAll(List.of("--bus-port", "" + bus, "--join", join));
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
}
