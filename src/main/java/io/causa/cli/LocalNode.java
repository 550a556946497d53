package io.causa.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One node of a local cluster, in a JVM of its own. The child holds the reading end of a pipe to
 * this process, so it stops when this process is gone, even by kill -9. Thread-safe.
 */
final class LocalNode {
  /** How long a node may take to stop after TERM; a little longer than it gives itself. */
  static final long STOP_MILLIS = ClusterPlan.STOP_MILLIS + 3000;

  private static final int TAIL_LINES = 15;

  /** How far a node is. */
  enum State {
    STARTING,
    JOINED,
    READY,
    ENDED
  }

  private final NodePlan plan;
  private final Installation installation;
  private Consumer<LocalNode> onUnexpectedEnd;
  private Process process;
  private boolean expectedToEnd;
  private boolean closed;

  LocalNode(NodePlan plan, Installation installation) {
    this.plan = plan;
    this.installation = installation;
  }

  NodePlan plan() {
    return plan;
  }

  /** Starts the process, with the flags it always had. Does nothing while it runs. */
  synchronized void start() {
    if (closed || isAlive()) {
      return;
    }
    expectedToEnd = false;
    process = launch();
    watchProcess();
  }

  /**
   * @param onUnexpectedEnd called on a thread of the JDK whenever the process ends and nobody here
   *     ended it; at once if that has happened already
   */
  synchronized void watch(Consumer<LocalNode> onUnexpectedEnd) {
    this.onUnexpectedEnd = onUnexpectedEnd;
    watchProcess();
  }

  private void watchProcess() {
    if (onUnexpectedEnd != null && process != null) {
      Consumer<LocalNode> watcher = onUnexpectedEnd;
      process.onExit().thenAccept(ended -> report(ended, watcher));
    }
  }

  private Process launch() {
    List<String> command = installation.nodeCommand(plan.flags());
    command.add("--stop-with-parent");
    try {
      Files.createDirectories(plan.log().getParent());
      return new ProcessBuilder(command)
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()))
          .start();
    } catch (IOException cannotStart) {
      throw new UncheckedIOException("cannot start " + plan.id(), cannotStart);
    }
  }

  private void report(Process ended, Consumer<LocalNode> watcher) {
    boolean unexpected;
    synchronized (this) {
      unexpected = ended == process && !expectedToEnd;
    }
    if (unexpected) {
      watcher.accept(this);
    }
  }

  /** How far the node is. Blocks for at most a second. */
  State state() {
    return isAlive() ? ReadyProbe.of(plan.url()) : State.ENDED;
  }

  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Sends TERM; does not wait. */
  synchronized void terminate() {
    expectedToEnd = true;
    if (process != null) {
      process.destroy();
    }
  }

  /** Kills the process at once (KILL); does not wait. */
  synchronized void kill() {
    expectedToEnd = true;
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** Stops the running process where it is (STOP), until {@link #resume}. */
  void pause() throws InterruptedException {
    signal("STOP");
  }

  void resume() throws InterruptedException {
    signal("CONT");
  }

  /**
   * Java sends TERM and KILL only. Every shell has a kill of its own, not every machine a program.
   */
  private void signal(String name) throws InterruptedException {
    Process running;
    synchronized (this) {
      running = process;
    }
    try {
      new ProcessBuilder("sh", "-c", "kill -" + name + " " + running.pid())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException cannotSend) {
      throw new UncheckedIOException("cannot send " + name + " to " + plan.id(), cannotSend);
    }
  }

  /** As {@link #terminate}, and never starts it again. */
  synchronized void close() {
    closed = true;
    terminate();
  }

  /** Waits for the end of a process that was told to end, and kills it if that takes too long. */
  void awaitEnd() throws InterruptedException {
    Process ending;
    synchronized (this) {
      ending = process;
    }
    if (ending != null && !ending.waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
      ending.destroyForcibly().waitFor();
    }
  }

  /** What happened, for people: the exit code and the end of the log. */
  String epitaph() {
    return "%s ended with exit code %s. Its log %s ends with:%n  %s"
        .formatted(
            plan.id(),
            exitCode(),
            plan.log(),
            String.join(System.lineSeparator() + "  ", LogTail.of(plan.log(), TAIL_LINES)));
  }

  private synchronized String exitCode() {
    return process == null || process.isAlive() ? "(none)" : String.valueOf(process.exitValue());
  }
}
