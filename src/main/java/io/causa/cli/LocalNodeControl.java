package io.causa.cli;

import io.causa.scenario.NodeControl;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.Callable;

/** Stops, starts and kills the nodes of a local cluster, by their processes. */
final class LocalNodeControl implements NodeControl {
  private final Vertx vertx;
  private final LocalCluster cluster;

  LocalNodeControl(Vertx vertx, LocalCluster cluster) {
    this.vertx = vertx;
    this.cluster = cluster;
  }

  @Override
  public Future<Void> stop(String nodeName) {
    return blocking(
        () -> {
          cluster.node(nodeName).terminate();
          cluster.node(nodeName).awaitEnd();
          return null;
        });
  }

  @Override
  public Future<Void> kill(String nodeName) {
    return blocking(
        () -> {
          cluster.node(nodeName).kill();
          cluster.node(nodeName).awaitEnd();
          return null;
        });
  }

  @Override
  public Future<Void> start(String nodeName) {
    return blocking(
        () -> {
          cluster.node(nodeName).start();
          return null;
        });
  }

  private Future<Void> blocking(Callable<Void> work) {
    return vertx.executeBlocking(work, false);
  }
}
