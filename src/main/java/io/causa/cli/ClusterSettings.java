package io.causa.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The flags of {@code cluster}. */
final class ClusterSettings {
  static final int MOST_NODES = 16;
  private static final int MOST_PORT = 65535;

  @Spec(Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      description = "How many nodes, 1 to 16 (default: ${DEFAULT-VALUE}).")
  int nodes = 3;

  @Option(
      names = "--base-port",
      paramLabel = "PORT",
      description =
          "The HTTP port of node1; the others follow it. 0 takes any free ones"
              + " (default: ${DEFAULT-VALUE}).")
  int basePort = 5001;

  @Option(
      names = "--cluster-base-port",
      paramLabel = "PORT",
      description = "The same for the membership's ports (default: any free ones).")
  int clusterBasePort;

  @Option(
      names = "--bus-base-port",
      paramLabel = "PORT",
      description = "The same for the event bus (default: any free ones).")
  int busBasePort;

  @ArgGroup(exclusive = true)
  Durability durability = new Durability();

  @Option(
      names = "--faults",
      description = "Lets PUT /admin/faults disturb the links; scenarios need it.")
  boolean faults;

  @Option(
      names = "--logs",
      paramLabel = "DIR",
      description = "Where the nodes' logs go (default: under target/logs).")
  Path logs;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "A setting for every node, see conf/causa.yaml. Repeatable.")
  Map<String, String> others = new LinkedHashMap<>();

  /** Where the nodes keep what they know. */
  static final class Durability {
    @Option(names = "--memory", description = "Keep everything in memory (the default).")
    boolean memory;

    @Option(names = "--data", paramLabel = "DIR", description = "Keep it in DIR/node1, DIR/node2 …")
    Path directory;
  }

  /**
   * @throws ParameterException if the numbers cannot be used
   */
  void check() {
    require(nodes >= 1 && nodes <= MOST_NODES, "--nodes is %d, allowed is 1..16", nodes);
    requirePorts("--base-port", basePort);
    requirePorts("--cluster-base-port", clusterBasePort);
    requirePorts("--bus-base-port", busBasePort);
  }

  /** The HTTP ports of the nodes; empty if they take any free ones. */
  List<Integer> httpPorts() {
    return basePort == 0 ? List.of() : IntStream.range(basePort, basePort + nodes).boxed().toList();
  }

  private void requirePorts(String flag, int first) {
    int most = MOST_PORT - nodes + 1;
    require(first >= 0 && first <= most, "%s is %d, allowed is 0..%d", flag, first, most);
  }

  private void require(boolean condition, String message, Object... values) {
    if (!condition) {
      throw new ParameterException(spec.commandLine(), message.formatted(values));
    }
  }
}
