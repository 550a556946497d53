package io.causa.cli;

import io.causa.cli.playground.Control;
import io.causa.cli.playground.ControlServer;
import io.causa.cli.playground.Playground;
import io.causa.cli.playground.Playgrounds;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes a running cluster known to other terminals: keeps its file up to date and its socket open.
 * Thread-safe.
 */
final class PlaygroundHost implements AutoCloseable {
  private final Playgrounds playgrounds;
  private final String name;
  private final LocalCluster cluster;
  private final Path data;
  private ControlServer server;

  /**
   * @param data where the nodes keep their data; null if in memory
   */
  PlaygroundHost(Playgrounds playgrounds, String name, LocalCluster cluster, Path data) {
    this.playgrounds = playgrounds;
    this.name = name;
    this.cluster = cluster;
    this.data = data;
  }

  /**
   * Refuses to begin where another cluster has the name or one of the ports.
   *
   * @throws CommandFailure that names the other one
   */
  static void requireOwn(Playgrounds playgrounds, String name, List<Integer> ports) {
    Optional<Playground> other =
        running(playgrounds).stream()
            .filter(one -> one.name().equals(name) || ports.stream().anyMatch(one::serves))
            .findFirst();
    other.ifPresent(
        one -> {
          throw new CommandFailure(
              ExitCode.NODE_FAILED,
              ("the cluster %s runs already. `bin/causa cluster down --name %s` stops it; another"
                      + " --name and --base-port start a second one.")
                  .formatted(one, one.name()));
        });
  }

  private static List<Playground> running(Playgrounds playgrounds) {
    try {
      return playgrounds.running();
    } catch (IOException unreadable) {
      return List.of(); // announce() says why
    }
  }

  /**
   * Makes the cluster known.
   *
   * @throws CommandFailure if that cannot be; the cluster is as good without it
   */
  synchronized void open(Control control) {
    try {
      playgrounds.prepare();
      playgrounds.remove(name);
      server = ControlServer.open(name, playgrounds.socket(name), control);
      playgrounds.write(describe(false));
    } catch (IOException | UnsupportedOperationException failed) {
      throw new CommandFailure(
          ExitCode.NODE_FAILED,
          ("no second terminal can control this cluster: %s. %s=DIR names another directory, with"
                  + " a short path.")
              .formatted(
                  failed instanceof IOException io
                      ? Reasons.cannot("use", playgrounds.directory(), io)
                      : "this system has no Unix sockets",
                  Playgrounds.VARIABLE),
          failed);
    }
  }

  /** Writes down which processes there are now. */
  synchronized void update() {
    try {
      if (server != null) {
        playgrounds.write(describe(false));
      }
    } catch (IOException full) {
      // the socket still answers; only the processes in the file are not the latest
    }
  }

  /**
   * @param asked whether each node is asked how it is, which takes up to a second
   */
  Playground describe(boolean asked) {
    List<LocalNode> nodes = cluster.nodes();
    Stream<LocalNode> stream = asked ? nodes.parallelStream() : nodes.stream();
    String logs = nodes.get(0).plan().log().getParent().toString();
    return new Playground(
        name,
        ProcessHandle.current().pid(),
        logs,
        data == null ? null : data.toAbsolutePath().toString(),
        stream.map(node -> describe(node, asked ? node.condition() : null)).toList());
  }

  private static Playground.Node describe(LocalNode node, String state) {
    NodePlan plan = node.plan();
    return new Playground.Node(
        plan.id(),
        state,
        node.pid().orElse(null),
        node.startedAt().map(Instant::toEpochMilli).orElse(null),
        plan.url(),
        plan.joinAddress(),
        plan.busAddress(),
        plan.log().toString());
  }

  /** The words of a command about this cluster, for people to copy. */
  String command(String words) {
    boolean only = running(playgrounds).size() <= 1;
    return "bin/causa cluster " + words + (only ? "" : " --name " + name);
  }

  @Override
  public synchronized void close() {
    if (server == null) {
      return;
    }
    try {
      server.close();
      playgrounds.remove(name);
    } catch (IOException leftBehind) {
      // the next command removes it
    }
    server = null;
  }
}
