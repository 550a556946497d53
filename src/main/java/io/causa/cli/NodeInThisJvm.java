package io.causa.cli;

import io.causa.http.HttpVerticle;
import io.causa.node.CausaNode;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Future;

/** A real node, behind the little that the command line knows of nodes. */
record NodeInThisJvm(CausaNode node) implements RunningNode {

  /** As {@link NodeStarter#start}. */
  static Future<RunningNode> start(NodeConfig config) {
    return CausaNode.start(config, port -> () -> new HttpVerticle(port, config.http()))
        .map(NodeInThisJvm::new);
  }

  @Override
  public String httpUrl() {
    return node.httpUrl();
  }

  @Override
  public Future<Void> ready() {
    return node.ready();
  }

  @Override
  public Future<Throwable> broken() {
    return node.broken();
  }

  @Override
  public Future<Void> stop() {
    return node.stop();
  }
}
