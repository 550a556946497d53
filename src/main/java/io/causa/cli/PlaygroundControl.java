package io.causa.cli;

import io.causa.cli.playground.Control;
import java.util.List;
import java.util.function.Consumer;

/** Does to the nodes of a local cluster what a second terminal asks for, and says so here too. */
final class PlaygroundControl implements Control {
  private final LocalCluster cluster;
  private final ClusterPlan plan;
  private final PlaygroundHost host;
  private final Consumer<String> here;
  private final Runnable end;
  private volatile boolean begun;

  /**
   * @param here what is shown in the first terminal, a line at a time
   * @param end ends the first process; returns at once
   */
  PlaygroundControl(
      LocalCluster cluster,
      ClusterPlan plan,
      PlaygroundHost host,
      Consumer<String> here,
      Runnable end) {
    this.cluster = cluster;
    this.plan = plan;
    this.host = host;
    this.here = here;
    this.end = end;
  }

  /** From now on single nodes may be changed: all have been ready. */
  void begin() {
    begun = true;
  }

  @Override
  public Reply handle(Request request, Consumer<String> progress) {
    try {
      return switch (request.verb()) {
        case LIST -> new Reply(ExitCode.OK, null, host.describe(true));
        case DOWN -> down();
        default -> change(request, progress);
      };
    } catch (CommandFailure failed) {
      return Reply.failed(failed.exitCode(), failed.getMessage());
    } catch (IllegalArgumentException unknownNode) {
      return Reply.failed(ExitCode.USAGE, unknownNode.getMessage());
    } catch (InterruptedException ending) {
      return Reply.failed(ExitCode.NODE_FAILED, "the cluster is stopping");
    } finally {
      host.update();
    }
  }

  private Reply down() {
    here.accept("asked from another terminal to stop everything");
    end.run();
    return Reply.done("stopping");
  }

  private Reply change(Request request, Consumer<String> progress) throws InterruptedException {
    if (!begun) {
      return Reply.failed(
          ExitCode.REFUSED, "the cluster is still starting; ask again when its nodes are ready");
    }
    Consumer<String> both = progress.andThen(here);
    return switch (request.verb()) {
      case ADD -> add(both);
      case START -> start(cluster.node(request.node()), both);
      case STOP -> stop(cluster.node(request.node()));
      case KILL -> kill(cluster.node(request.node()));
      case PAUSE -> pause(cluster.node(request.node()));
      default -> resume(cluster.node(request.node()));
    };
  }

  private Reply add(Consumer<String> progress) throws InterruptedException {
    LocalNode node;
    synchronized (this) {
      node = cluster.grow(plan.grown(cluster.plans()));
    }
    progress.accept(node.plan().id() + " joins, and gets everything from the others");
    return launch(node, progress);
  }

  private Reply start(LocalNode node, Consumer<String> progress) throws InterruptedException {
    String name = node.plan().id();
    if (node.isPaused()) {
      return Reply.failed(
          ExitCode.REFUSED,
          "%s is paused; it goes on with: %s".formatted(name, host.command("resume " + name)));
    }
    if (node.isAlive()) {
      return Reply.done("%s runs already, at %s".formatted(name, node.plan().url()));
    }
    progress.accept(
        node.plan().isInMemory()
            ? name
                + " comes back empty (memory), as a new generation, and catches up with the others"
            : name + " comes back with its data, and catches up with the others");
    return launch(node, progress);
  }

  private Reply launch(LocalNode node, Consumer<String> progress) throws InterruptedException {
    List<LocalNode> one = List.of(node);
    StartProgress shown = new StartProgress(one, LineWriter.to(progress), false, System::nanoTime);
    node.start();
    host.update();
    if (!cluster.start(one, shown)) {
      return Reply.failed(ExitCode.NODE_FAILED, "the cluster is stopping");
    }
    return Reply.done("%s is ready at %s".formatted(node.plan().id(), node.plan().url()));
  }

  private Reply stop(LocalNode node) throws InterruptedException {
    if (!node.isAlive()) {
      return notRunning(node);
    }
    node.terminate();
    node.awaitEnd();
    return ended(node, "stopped");
  }

  private Reply kill(LocalNode node) throws InterruptedException {
    if (!node.isAlive()) {
      return notRunning(node);
    }
    node.kill();
    node.awaitEnd();
    return ended(node, "killed (SIGKILL)");
  }

  private Reply ended(LocalNode node, String how) {
    String name = node.plan().id();
    return told(
        "%s is %s; start it again with: %s".formatted(name, how, host.command("start " + name)));
  }

  private Reply notRunning(LocalNode node) {
    String name = node.plan().id();
    return Reply.done(
        "%s does not run; start it with: %s".formatted(name, host.command("start " + name)));
  }

  private Reply pause(LocalNode node) {
    String name = node.plan().id();
    if (!node.isAlive()) {
      return Reply.failed(ExitCode.REFUSED, notRunning(node).message());
    }
    node.pause();
    return told(
        "%s is paused (SIGSTOP); it goes on with: %s"
            .formatted(name, host.command("resume " + name)));
  }

  private Reply resume(LocalNode node) {
    String name = node.plan().id();
    if (!node.isAlive()) {
      return Reply.failed(ExitCode.REFUSED, notRunning(node).message());
    }
    if (!node.isPaused()) {
      return Reply.done(name + " is not paused");
    }
    node.resume();
    return told(name + " goes on (SIGCONT)");
  }

  /** What is also shown in the first terminal. */
  private Reply told(String message) {
    here.accept(message);
    return Reply.done(message);
  }
}
