package io.causa.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One node of a local cluster before it runs. The same plan starts it again after a stop.
 *
 * @param flags of {@code causa node}
 * @param log what the node writes to its outputs, one start after the other
 */
record NodePlan(String id, String host, int httpPort, List<String> flags, Path log) {
  private static final String JOIN = "--join";

  NodePlan {
    flags = List.copyOf(flags);
  }

  String url() {
    return "http://%s:%d".formatted(host, httpPort);
  }

  /** The address that other nodes name with {@code --join}. */
  String joinAddress() {
    return host + ":" + value("--cluster-port");
  }

  /** The address of the event bus. */
  String busAddress() {
    return host + ":" + value("--bus-port");
  }

  /** Whether all that it stores is gone with its process. */
  boolean isInMemory() {
    return flags.contains("--memory");
  }

  /** The same node with other contacts, separated by commas. */
  NodePlan joining(String contacts) {
    List<String> others = new ArrayList<>(flags);
    others.set(flags.indexOf(JOIN) + 1, contacts);
    return new NodePlan(id, host, httpPort, others, log);
  }

  int port(String flag) {
    return Integer.parseInt(value(flag));
  }

  private String value(String flag) {
    return flags.get(flags.indexOf(flag) + 1);
  }
}
