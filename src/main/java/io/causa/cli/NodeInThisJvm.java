package io.causa.cli;

import io.causa.access.file.AccessFileException;
import io.causa.http.Access;
import io.causa.http.HttpVerticle;
import io.causa.node.CausaNode;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Future;

/** A real node, behind the little that the command line knows of nodes. */
record NodeInThisJvm(CausaNode node) implements RunningNode {

  /** As {@link NodeStarter#start}. */
  static Future<RunningNode> start(NodeConfig config, long least) {
    NodeConfig settled = onKnownPort(config);
    Access access;
    try {
      access = Access.of(settled);
    } catch (AccessFileException unusable) {
      return Future.failedFuture(unusable);
    }
    return CausaNode.start(settled, least, port -> HttpVerticle.of(port, settled, access))
        .map(NodeInThisJvm::new);
  }

  /** Any free port becomes a certain one before the node tells its peers where it serves. */
  static NodeConfig onKnownPort(NodeConfig config) {
    NodeConfig.Http http = config.http();
    return http.port() == 0 ? config.onHttpPort(new Ports(http.host()).free()) : config;
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
