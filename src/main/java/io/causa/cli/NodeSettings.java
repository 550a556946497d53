package io.causa.cli;

import io.causa.node.config.ConfigException;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The flags of {@code node}, each of which stands for one key of the configuration. */
final class NodeSettings {
  /** Set by {@code bin/causa node} to {@code conf/causa.yaml}, if that is there. */
  static final String OPERATORS_FILE = "causa.config";

  @Option(
      names = "--id",
      paramLabel = "NAME",
      description = "The node's name, its own in the cluster: 1 to 32 of a-z, 0-9 and -.")
  String id;

  @Option(names = "--host", paramLabel = "HOST", description = "The address that HTTP listens on.")
  String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The port that HTTP listens on; 0 takes any free one.")
  String port;

  @ArgGroup(exclusive = true)
  Durability durability = new Durability();

  @Option(
      names = "--cluster-host",
      paramLabel = "HOST",
      description = "The address for the membership and, unless told otherwise, the event bus.")
  String clusterHost;

  @Option(
      names = "--cluster-port",
      paramLabel = "PORT",
      description = "The port of the membership (Hazelcast).")
  String clusterPort;

  @Option(
      names = "--bus-port",
      paramLabel = "PORT",
      description = "The port of the event bus; 0 takes any free one.")
  String busPort;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "The cluster addresses of some or all nodes, separated by commas; best the same list on"
              + " every node.")
  List<String> join;

  @Option(
      names = "--cluster",
      paramLabel = "NAME",
      description = "The cluster's name. Nodes with another one never join.")
  String cluster;

  @Option(
      names = "--faults",
      description = "Lets PUT /admin/faults disturb the links. For tests and demonstrations.")
  boolean faults;

  @Option(
      names = "--tokens",
      paramLabel = "FILE",
      description = "Who may use the node; `causa token` writes the file.")
  String tokens;

  @Option(
      names = "--insecure",
      description =
          "Lets a node without tokens listen where others than this machine reach it: they own its"
              + " data.")
  boolean insecure;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A YAML file with settings, in place of conf/causa.yaml, which documents all of them.")
  Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Any setting, for example --set replication.windowBytes=2097152. Repeatable.")
  Map<String, String> others = new LinkedHashMap<>();

  /** Where the node keeps what it knows: one of the two, or as configured. */
  static final class Durability {
    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "The directory for the log, the state and the identity.")
    String directory;

    @Option(names = "--memory", description = "Keep everything in memory; nothing is left later.")
    boolean memory;
  }

  /**
   * The flags over the environment over the file over the defaults.
   *
   * @throws CommandFailure if the result cannot be used
   */
  NodeConfig load(Map<String, String> environment) {
    try {
      NodeConfig config = NodeConfigLoader.load(asSettings(), environment, file());
      requireUse(config);
      return config;
    } catch (ConfigException unusable) {
      throw new CommandFailure(ExitCode.USAGE, unusable.getMessage(), unusable);
    }
  }

  /** The file that holds over the defaults; empty if there is none. */
  Optional<Path> file() {
    return Optional.ofNullable(file)
        .or(() -> Optional.ofNullable(System.getProperty(OPERATORS_FILE)).map(Path::of));
  }

  private void requireUse(NodeConfig config) {
    boolean memory = config.storage().mode() == NodeConfig.StorageMode.MEMORY;
    if (durability.directory != null && memory) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "--data %s would not be used, because storage.mode is memory; add --set storage.mode=fsync"
              .formatted(durability.directory));
    }
  }

  /** A named flag wins over the same key given with {@code --set}. */
  Map<String, String> asSettings() {
    Map<String, String> settings = new LinkedHashMap<>(others);
    put(settings, "node.id", id);
    put(settings, "http.host", host);
    put(settings, "http.port", port);
    put(settings, "storage.directory", durability.directory);
    put(settings, "storage.mode", durability.memory ? "memory" : null);
    put(settings, "cluster.host", clusterHost);
    put(settings, "cluster.port", clusterPort);
    put(settings, "cluster.busPort", busPort);
    put(settings, "cluster.join", join == null ? null : String.join(",", join));
    put(settings, "cluster.name", cluster);
    put(settings, "node.faults", faults ? "true" : null);
    put(settings, "access.tokens", tokens);
    put(settings, "access.insecure", insecure ? "true" : null);
    return settings;
  }

  private static void put(Map<String, String> settings, String key, String value) {
    if (value != null) {
      settings.put(key, value);
    }
  }
}
