package io.causa.bench.load;

import io.causa.http.Access;
import io.causa.http.HttpVerticle;
import io.causa.node.CausaNode;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A node of a cluster in the JVM of a load program, in memory, with its HTTP edge. */
final class BenchNode {

  private BenchNode() {}

  /**
   * Starts it; it becomes ready when its peers are there.
   *
   * @param arguments settings, each {@code name=value}
   */
  static CausaNode start(String[] arguments) {
    Map<String, String> flags = new LinkedHashMap<>();
    flags.put("storage.mode", "memory");
    for (String argument : arguments) {
      int equals = argument.indexOf('=');
      flags.put(argument.substring(0, equals), argument.substring(equals + 1));
    }
    NodeConfig config = NodeConfigLoader.load(flags, Map.of(), Optional.empty());
    return CausaNode.start(config, port -> HttpVerticle.of(port, config, Access.of(config)))
        .await();
  }
}
