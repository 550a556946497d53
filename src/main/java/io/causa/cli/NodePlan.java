package io.causa.cli;

import java.nio.file.Path;
import java.util.List;

/**
 * One node of a local cluster before it runs. The same plan starts it again after a stop.
 *
 * @param flags of {@code causa node}
 * @param log what the node writes to its outputs, one start after the other
 */
record NodePlan(String id, String host, int httpPort, List<String> flags, Path log) {
  NodePlan {
    flags = List.copyOf(flags);
  }

  String url() {
    return "http://%s:%d".formatted(host, httpPort);
  }
}
