package io.causa.cli;

import io.causa.cli.LocalNode.State;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Nodes on this machine, each in a JVM of its own. Whoever makes one closes it; and if this process
 * dies before it can, the nodes stop by themselves.
 */
final class LocalCluster implements AutoCloseable {
  static final long READY_MILLIS = 60_000;
  private static final long LOOK_EVERY_MILLIS = 40;

  private final List<LocalNode> nodes;
  private final CountDownLatch closing = new CountDownLatch(1);

  LocalCluster(List<NodePlan> plans, Installation installation) {
    nodes = plans.stream().map(plan -> new LocalNode(plan, installation)).toList();
  }

  List<LocalNode> nodes() {
    return nodes;
  }

  /** The node of that name. */
  LocalNode node(String id) {
    return nodes.stream()
        .filter(node -> node.plan().id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("this cluster has no node " + id));
  }

  /**
   * Starts all nodes at once and waits until each is ready.
   *
   * @param progress told whenever a node has come further
   * @return false if the cluster was closed before that
   * @throws CommandFailure if one ends, or if it takes longer than {@link #READY_MILLIS}
   */
  boolean start(StartProgress progress) throws InterruptedException {
    return start(nodes, progress);
  }

  /** The same for some of the nodes. */
  boolean start(List<LocalNode> some, StartProgress progress) throws InterruptedException {
    some.forEach(LocalNode::start);
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MILLIS);
    while (!isClosing() && !allReady(some, progress)) {
      if (System.nanoTime() > deadline) {
        throw late();
      }
      closing.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }
    return !isClosing();
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Tells of every node whose process ends, or has ended, though nobody here ended it. */
  void watch(Consumer<LocalNode> onUnexpectedEnd) {
    nodes.forEach(node -> node.watch(onUnexpectedEnd));
  }

  private boolean allReady(List<LocalNode> some, StartProgress progress) {
    boolean ready = true;
    for (LocalNode node : some) {
      if (progress.stateOf(node) != State.READY) {
        State state = node.state();
        progress.show(node, state);
        if (state == State.ENDED && !isClosing()) {
          throw new CommandFailure(ExitCode.NODE_FAILED, node.epitaph());
        }
        ready &= state == State.READY;
      }
    }
    return ready;
  }

  private CommandFailure late() {
    Map<State, Long> counts = new EnumMap<>(State.class);
    nodes.forEach(node -> counts.merge(node.state(), 1L, Long::sum));
    return new CommandFailure(
        ExitCode.NODE_FAILED,
        "the nodes are not ready after %d s (%s). Their logs are in %s."
            .formatted(READY_MILLIS / 1000, counts, nodes.get(0).plan().log().getParent()));
  }

  /** Stops every node and returns when no process is left. */
  @Override
  public void close() {
    closing.countDown();
    nodes.forEach(LocalNode::close);
    try {
      for (LocalNode node : nodes) {
        node.awaitEnd();
      }
    } catch (InterruptedException impatient) {
      nodes.forEach(LocalNode::kill);
      Thread.currentThread().interrupt();
    }
  }
}
