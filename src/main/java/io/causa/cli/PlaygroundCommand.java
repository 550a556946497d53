package io.causa.cli;

import io.causa.cli.playground.Control.Reply;
import io.causa.cli.playground.Control.Request;
import io.causa.cli.playground.ControlClient;
import io.causa.cli.playground.Playground;
import io.causa.cli.playground.Playgrounds;
import io.causa.cli.playground.Selection;
import io.causa.cli.playground.Verb;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command about a cluster that another terminal runs. */
@Command(mixinStandardHelpOptions = true, sortOptions = false)
abstract class PlaygroundCommand implements Callable<Integer> {
  private static final String NAME = "--name";

  /** Longer than the nodes take, which stop at the same time. */
  private static final long END_MILLIS = 2 * LocalNode.STOP_MILLIS;

  private final Playgrounds playgrounds;

  @Spec CommandSpec spec;

  @Option(
      names = NAME,
      paramLabel = "NAME",
      description = "The cluster, as `cluster list` shows it (default: the only one that runs).")
  String name;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "The same by the HTTP port of any of its nodes.")
  Integer port;

  PlaygroundCommand(Playgrounds playgrounds) {
    this.playgrounds = playgrounds;
  }

  /** The clusters that run on this machine and fit the options. */
  final List<Playground> fitting() {
    return selection().among(running());
  }

  private Selection selection() {
    ClusterCommand parent = (ClusterCommand) spec.parent().userObject();
    for (OptionSpec given : spec.parent().commandLine().getParseResult().matchedOptions()) {
      if (!given.longestName().equals(NAME)) {
        throw new ParameterException(
            spec.commandLine(),
            "%s belongs to `causa cluster` alone, which starts a cluster"
                .formatted(given.longestName()));
      }
    }
    return new Selection(name != null ? name : parent.name, port);
  }

  final boolean isNarrowed() {
    Selection selection = selection();
    return selection.name() != null || selection.port() != null;
  }

  private List<Playground> running() {
    try {
      return playgrounds.running();
    } catch (IOException unreadable) {
      throw new CommandFailure(
          ExitCode.USAGE,
          Reasons.cannot("look for clusters in", playgrounds.directory(), unreadable),
          unreadable);
    }
  }

  /**
   * The cluster that the options name.
   *
   * @throws CommandFailure if there is none or more than one
   */
  final Playground chosen() {
    try {
      return selection().only(running());
    } catch (Selection.NoneException none) {
      throw new CommandFailure(ExitCode.UNREACHABLE, none.getMessage(), none);
    } catch (Selection.AmbiguousException several) {
      throw new CommandFailure(ExitCode.USAGE, several.getMessage(), several);
    }
  }

  /**
   * Asks the chosen cluster and shows what it says.
   *
   * @throws CommandFailure if it refuses or fails
   */
  final void ask(Verb verb, String node) throws InterruptedException {
    out().println(ask(chosen(), verb, node).message());
  }

  final Reply ask(Playground cluster, Verb verb, String node) throws InterruptedException {
    try {
      Reply reply =
          ControlClient.ask(
              playgrounds.socket(cluster.name()),
              new Request(verb, node),
              line -> spec.commandLine().getErr().println(line));
      if (reply.exitCode() != ExitCode.OK) {
        throw new CommandFailure(reply.exitCode(), reply.message());
      }
      return reply;
    } catch (IOException silent) {
      throw new CommandFailure(
          ExitCode.UNREACHABLE,
          ("the cluster %s does not answer: %s. If it is suspended (Ctrl-Z), `fg` in its terminal"
                  + " lets it go on.")
              .formatted(cluster, silent.getMessage()),
          silent);
    }
  }

  /** Stops all nodes, and returns when the cluster's process is gone. */
  final int down() throws InterruptedException {
    Playground cluster = chosen();
    ask(cluster, Verb.DOWN, null);
    awaitEnd(cluster);
    out().println(cluster.name() + " is stopped; no process is left");
    return ExitCode.OK;
  }

  private static void awaitEnd(Playground cluster) throws InterruptedException {
    Optional<ProcessHandle> process = ProcessHandle.of(cluster.pid());
    if (process.isEmpty()) {
      return;
    }
    try {
      process.get().onExit().get(END_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException late) {
      throw new CommandFailure(
          ExitCode.NODE_FAILED,
          "the cluster %s has not ended within %d s; `kill -9 %d` ends it and its nodes"
              .formatted(cluster, END_MILLIS / 1000, cluster.pid()),
          late);
    }
  }

  final PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
