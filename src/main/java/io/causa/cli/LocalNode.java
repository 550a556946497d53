package io.causa.cli;

import io.causa.cli.playground.Signals;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
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

  private final Installation installation;
  private NodePlan plan;
  private Consumer<LocalNode> onUnexpectedEnd;
  private Process process;
  private long logStart;
  private boolean expectedToEnd;
  private boolean killed;
  private boolean paused;
  private boolean wasReady;
  private boolean closed;

  LocalNode(NodePlan plan, Installation installation) {
    this.plan = plan;
    this.installation = installation;
  }

  synchronized NodePlan plan() {
    return plan;
  }

  /** From its next start on the node has this plan; its name stays. */
  synchronized void replan(NodePlan next) {
    plan = next;
  }

  /** Starts the process. Does nothing while it runs. */
  synchronized void start() {
    if (closed || isAlive()) {
      return;
    }
    expectedToEnd = false;
    killed = false;
    paused = false;
    wasReady = false;
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
    try {
      logStart = new NodeLog(plan.log()).begin(plan.id());
    } catch (IOException unwritable) {
      throw new CommandFailure(
          ExitCode.NODE_FAILED,
          Reasons.cannot("write the log", plan.log(), unwritable)
              + ". --logs DIR names another directory.",
          unwritable);
    }
    try {
      return new ProcessBuilder(installation.nodeCommand(plan.flags(), "--stop-with-parent"))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()))
          .start();
    } catch (IOException cannotStart) {
      throw new CommandFailure(
          ExitCode.NODE_FAILED,
          "cannot start the process of %s: %s".formatted(plan.id(), cannotStart.getMessage()),
          cannotStart);
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
    State state = isAlive() ? ReadyProbe.of(plan().url()) : State.ENDED;
    synchronized (this) {
      wasReady |= state == State.READY;
    }
    return state;
  }

  /** What the node does, in a word or two for people. Blocks for at most a second. */
  String condition() {
    if (isPaused()) {
      return "paused";
    }
    return switch (state()) {
      case READY -> "ready";
      case JOINED -> "catching up";
      case STARTING -> hasBeenReady() ? "silent" : "starting";
      case ENDED -> ending();
    };
  }

  private synchronized String ending() {
    if (process == null) {
      return "not started";
    }
    if (expectedToEnd) {
      return killed ? "killed" : "stopped";
    }
    return "died (exit code " + exitCode() + ")";
  }

  private synchronized boolean hasBeenReady() {
    return wasReady;
  }

  synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  synchronized boolean isPaused() {
    return paused && isAlive();
  }

  /** Whether it has ended and nobody here ended it. */
  synchronized boolean hasDied() {
    return process != null && !process.isAlive() && !expectedToEnd;
  }

  /** The process while there is one. */
  synchronized Optional<Long> pid() {
    return isAlive() ? Optional.of(process.pid()) : Optional.empty();
  }

  synchronized Optional<Instant> startedAt() {
    return isAlive() ? process.info().startInstant() : Optional.empty();
  }

  /** Sends TERM; does not wait. A paused node goes on, so that it can stop. */
  synchronized void terminate() {
    expectedToEnd = true;
    if (process != null) {
      process.destroy();
      resume();
    }
  }

  /** Kills the process at once (KILL); does not wait. */
  synchronized void kill() {
    expectedToEnd = true;
    killed = true;
    if (process != null) {
      process.destroyForcibly();
    }
  }

  /** Stops the running process where it is (STOP), until {@link #resume}. */
  synchronized void pause() {
    if (isAlive()) {
      Signals.send("STOP", process.pid());
      paused = true;
    }
  }

  /** Lets a paused process go on (CONT). */
  synchronized void resume() {
    if (isPaused()) {
      Signals.send("CONT", process.pid());
      paused = false;
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

  /** What happened, for people: the exit code and the last lines that this run wrote. */
  synchronized String epitaph() {
    String lines =
        String.join(
            System.lineSeparator() + "  ", new NodeLog(plan.log()).tail(logStart, TAIL_LINES));
    return "%s ended with exit code %s%s. Its log %s ends with:%n  %s"
        .formatted(plan.id(), exitCode(), meaning(), plan.log(), lines);
  }

  private String exitCode() {
    return process == null || process.isAlive() ? "(none)" : String.valueOf(process.exitValue());
  }

  private String meaning() {
    return switch (exitCode()) {
      case "137" -> " (killed by SIGKILL)";
      case "143" -> " (told to stop by SIGTERM)";
      case "130" -> " (interrupted by SIGINT)";
      default -> "";
    };
  }
}
