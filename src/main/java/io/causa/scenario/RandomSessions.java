package io.causa.scenario;

import io.causa.client.Answer;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * A client that goes to a random node with each request and carries its context there. Which
 * requests it makes follows from the seed; what it must see is judged from the history. Values are
 * never written twice.
 */
final class RandomSessions {
  private static final int PERCENT_PUT = 40;
  private static final int PERCENT_DELETE = 10;
  private static final int OK = 200;

  private final Nodes nodes;
  private final Sessions sessions;

  RandomSessions(Nodes nodes, Sessions sessions) {
    this.nodes = nodes;
    this.sessions = sessions;
  }

  /**
   * Runs one session to its end, or to the first request that fails.
   *
   * @return what failed; empty if nothing did
   */
  Optional<String> run(String client, Step.RandomSession step, long seed) {
    Random random = new Random(seed);
    var manner = new Step.Manner(client, null, null, false, OK);
    for (int i = 1; i <= step.operations(); i++) {
      Cluster.Node node = pick(nodes.all(), random);
      Answer answer = request(node, manner, pick(step.keys(), random), random.nextInt(100), i);
      if (answer instanceof Answer.Refused || answer instanceof Answer.Unreachable) {
        return Optional.of(
            "request %,d of %s to %s failed: %s (seed %d)"
                .formatted(i, client, node.name(), Answers.say(answer), seed));
      }
    }
    return Optional.empty();
  }

  private Answer request(Cluster.Node node, Step.Manner manner, String key, int dice, int number) {
    if (dice < PERCENT_PUT) {
      return sessions.put(node, manner, key, manner.client() + "-" + number);
    }
    return dice < PERCENT_PUT + PERCENT_DELETE
        ? sessions.delete(node, manner, key)
        : sessions.get(node, manner, key);
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }
}
