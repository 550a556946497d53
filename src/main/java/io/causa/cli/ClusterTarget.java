package io.causa.cli;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.causa.client.NodeStatus;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which nodes a scenario is played on. */
final class ClusterTarget {
  private static final List<String> LOCAL_CLUSTER =
      List.of("http://127.0.0.1:5001", "http://127.0.0.1:5002", "http://127.0.0.1:5003");

  @Mixin AccessOptions access = new AccessOptions();

  @ArgGroup(exclusive = true)
  Words words = new Words();

  /** Either all of them, or one that knows the others. */
  static final class Words {
    @Option(
        names = "--nodes",
        paramLabel = "URL",
        split = ",",
        description = "All nodes, separated by commas (default: 127.0.0.1, ports 5001 to 5003).")
    List<String> all;

    @Option(
        names = {"-n", "--node"},
        paramLabel = "URL",
        description = "One node, which is asked where the others are.")
    String one;
  }

  /**
   * The addresses of all nodes.
   *
   * @param before the node named before the command; null if none was
   * @throws CommandFailure if the one node does not answer
   */
  List<String> urls(Vertx vertx, String before) throws InterruptedException {
    if (words.all != null) {
      return words.all.stream().map(NodeTarget::withScheme).toList();
    }
    Optional<String> one = Stream.of(words.one, before).filter(Objects::nonNull).findFirst();
    return one.isPresent() ? discover(vertx, NodeTarget.withScheme(one.get())) : LOCAL_CLUSTER;
  }

  private List<String> discover(Vertx vertx, String url) throws InterruptedException {
    try (CausaClient client = access.open(vertx, url)) {
      Answer answer = ClientVertx.await(client.status());
      if (answer instanceof Answer.Reported reported) {
        return withPeers(url, reported.status());
      }
      throw new CommandFailure(
          ExitCode.UNREACHABLE, "%s cannot be asked for its peers: %s".formatted(url, answer));
    } catch (IllegalArgumentException noAddress) {
      throw new CommandFailure(ExitCode.USAGE, noAddress.getMessage(), noAddress);
    }
  }

  private static List<String> withPeers(String url, NodeStatus status) {
    Stream<String> peers = status.peers().stream().map(NodeStatus.Peer::http);
    return Stream.concat(Stream.of(url), peers.filter(Objects::nonNull))
        .map(NodeTarget::withScheme)
        .distinct()
        .toList();
  }
}
