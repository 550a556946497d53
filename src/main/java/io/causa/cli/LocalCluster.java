package io.causa.cli;

import io.causa.cli.LocalNode.State;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Nodes on this machine, each in a JVM of its own. Whoever makes one closes it; and if this process
 * dies before it can, the nodes stop by themselves.
 */
final class LocalCluster implements AutoCloseable {
  static final long READY_MILLIS = 120_000;
  private static final long LOOK_EVERY_MILLIS = 40;

  private final List<LocalNode> nodes = new CopyOnWriteArrayList<>();
  private final Installation installation;
  private final CountDownLatch closing = new CountDownLatch(1);
  private Consumer<LocalNode> watcher;

  LocalCluster(List<NodePlan> plans, Installation installation) {
    this.installation = installation;
    plans.forEach(plan -> nodes.add(new LocalNode(plan, installation)));
  }

  /** All nodes, also those that joined later; a view. */
  List<LocalNode> nodes() {
    return Collections.unmodifiableList(nodes);
  }

  /** The plans by which the nodes start the next time. */
  List<NodePlan> plans() {
    return nodes.stream().map(LocalNode::plan).toList();
  }

  /**
   * Takes in one more node, which does not run yet.
   *
   * @param plans for the nodes that there are, in their order, and for the new one
   */
  synchronized LocalNode grow(List<NodePlan> plans) {
    for (int i = 0; i < nodes.size(); i++) {
      nodes.get(i).replan(plans.get(i));
    }
    LocalNode added = new LocalNode(plans.get(nodes.size()), installation);
    if (isClosing()) {
      added.close();
    }
    if (watcher != null) {
      added.watch(watcher);
    }
    nodes.add(added);
    return added;
  }

  /** The node of that name. */
  LocalNode node(String id) {
    return nodes.stream()
        .filter(node -> node.plan().id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "this cluster has no node %s, but %s".formatted(id, names())));
  }

  private String names() {
    return nodes.stream().map(node -> node.plan().id()).collect(Collectors.joining(", "));
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
  synchronized void watch(Consumer<LocalNode> onUnexpectedEnd) {
    watcher = onUnexpectedEnd;
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
    String conditions =
        nodes.stream()
            .map(node -> node.plan().id() + " " + node.condition())
            .collect(Collectors.joining(", "));
    return new CommandFailure(
        ExitCode.NODE_FAILED,
        "the nodes are not ready after %d s (%s). Their logs are in %s."
            .formatted(READY_MILLIS / 1000, conditions, nodes.get(0).plan().log().getParent()));
  }

  /** Stops every node and returns when no process is left. */
  @Override
  public void close() {
    synchronized (this) {
      closing.countDown();
      nodes.forEach(LocalNode::close);
    }
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
