package io.causa.cli;

import io.causa.cli.playground.Playgrounds;
import io.causa.cli.playground.Verb;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The commands with which another terminal changes a running {@code causa cluster}. */
final class ClusterVerbs {
  private ClusterVerbs() {}

  static List<Object> all(Playgrounds playgrounds) {
    return List.of(
        new ClusterListCommand(playgrounds),
        new Start(playgrounds),
        new Stop(playgrounds),
        new Kill(playgrounds),
        new Pause(playgrounds),
        new Resume(playgrounds),
        new Add(playgrounds),
        new Down(playgrounds));
  }

  /** A command about one node or several, one after the other. */
  abstract static class OfNodes extends PlaygroundCommand {
    private final Verb verb;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "The node, as node2.")
    List<String> nodes;

    OfNodes(Playgrounds playgrounds, Verb verb) {
      super(playgrounds);
      this.verb = verb;
    }

    @Override
    public Integer call() throws InterruptedException {
      for (String node : nodes) {
        ask(verb, node);
      }
      return ExitCode.OK;
    }
  }

  @Command(
      name = "start",
      description = "Starts a node that was stopped or killed, or died, and waits until it serves.")
  static final class Start extends OfNodes {
    Start(Playgrounds playgrounds) {
      super(playgrounds, Verb.START);
    }
  }

  @Command(
      name = "stop",
      description = "Stops a node in order (SIGTERM). Without a name: stops all, as down does.")
  static final class Stop extends PlaygroundCommand {
    @Parameters(paramLabel = "NAME", arity = "0..*", description = "The node, as node2.")
    List<String> nodes = List.of();

    Stop(Playgrounds playgrounds) {
      super(playgrounds);
    }

    @Override
    public Integer call() throws InterruptedException {
      if (nodes.isEmpty()) {
        return down();
      }
      for (String node : nodes) {
        ask(Verb.STOP, node);
      }
      return ExitCode.OK;
    }
  }

  @Command(name = "kill", description = "Ends a node at once (SIGKILL), as a crash would.")
  static final class Kill extends OfNodes {
    Kill(Playgrounds playgrounds) {
      super(playgrounds, Verb.KILL);
    }
  }

  @Command(
      name = "pause",
      description = "Lets a node stand still (SIGSTOP), as a machine that hangs would.")
  static final class Pause extends OfNodes {
    Pause(Playgrounds playgrounds) {
      super(playgrounds, Verb.PAUSE);
    }
  }

  @Command(name = "resume", description = "Lets a paused node go on (SIGCONT).")
  static final class Resume extends OfNodes {
    Resume(Playgrounds playgrounds) {
      super(playgrounds, Verb.RESUME);
    }
  }

  @Command(
      name = "add",
      description = "Starts one more node, with the next number and the next free ports.")
  static final class Add extends PlaygroundCommand {
    Add(Playgrounds playgrounds) {
      super(playgrounds);
    }

    @Override
    public Integer call() throws InterruptedException {
      ask(Verb.ADD, null);
      return ExitCode.OK;
    }
  }

  @Command(
      name = "down",
      description = "Stops all nodes and ends the cluster, as Ctrl-C there does.")
  static final class Down extends PlaygroundCommand {
    Down(Playgrounds playgrounds) {
      super(playgrounds);
    }

    @Override
    public Integer call() throws InterruptedException {
      return down();
    }
  }
}
