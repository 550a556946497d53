package io.causa.cli;

import io.causa.node.config.NodeConfig;
import io.vertx.core.Future;

/** Starts a node in this JVM. */
@FunctionalInterface
interface NodeStarter {

  /**
   * @param least the least generation that a node without data may take
   * @return completes when the node has joined its cluster; fails when it could not start, and then
   *     nothing of it is left open
   */
  Future<RunningNode> start(NodeConfig config, long least);
}
