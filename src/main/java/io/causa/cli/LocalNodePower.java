package io.causa.cli;

import io.causa.torture.NodePower;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Ends, starts and pauses the nodes of a local cluster, by their processes. Thread-safe. */
final class LocalNodePower implements NodePower {
  private final LocalCluster cluster;
  private final ConcurrentLinkedQueue<String> ends = new ConcurrentLinkedQueue<>();

  LocalNodePower(LocalCluster cluster) {
    this.cluster = cluster;
    cluster.watch(node -> ends.add(node.epitaph()));
  }

  @Override
  public void stop(String node) throws InterruptedException {
    cluster.node(node).terminate();
    cluster.node(node).awaitEnd();
  }

  @Override
  public void kill(String node) throws InterruptedException {
    cluster.node(node).kill();
    cluster.node(node).awaitEnd();
  }

  @Override
  public void start(String node) {
    cluster.node(node).start();
  }

  @Override
  public void pause(String node) {
    cluster.node(node).pause();
  }

  @Override
  public void resume(String node) {
    cluster.node(node).resume();
  }

  @Override
  public List<String> unexpectedEnds() {
    List<String> taken = new ArrayList<>();
    for (String end = ends.poll(); end != null; end = ends.poll()) {
      taken.add(end);
    }
    return taken;
  }
}
