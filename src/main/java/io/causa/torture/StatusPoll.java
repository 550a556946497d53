package io.causa.torture;

import io.causa.client.Answer;
import io.causa.client.NodeStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks nodes for their status, and learns their generations from it. Blocks. */
final class StatusPoll {
  private final Fleet fleet;
  private final Generations generations = new Generations();

  StatusPoll(Fleet fleet) {
    this.fleet = fleet;
  }

  Generations generations() {
    return generations;
  }

  /** Asks all these nodes at once; returns the statuses of those that answer, by name. */
  Map<String, NodeStatus> ask(List<Fleet.Node> nodes) throws InterruptedException {
    List<Future<Answer>> answers =
        new ArrayList<>(nodes.stream().map(node -> node.client().status()).toList());
    Map<String, NodeStatus> statuses = new LinkedHashMap<>();
    for (int i = 0; i < nodes.size(); i++) {
      if (Waiting.result(answers.get(i)) instanceof Answer.Reported reported) {
        statuses.put(nodes.get(i).name(), reported.status());
        generations.learn(reported.status());
      }
    }
    return statuses;
  }

  /** The clocks of all these nodes, by name; empty unless each of them can be told. */
  Optional<Map<String, Clock>> clocks(List<Fleet.Node> nodes) throws InterruptedException {
    Map<String, Clock> clocks = new LinkedHashMap<>();
    ask(nodes)
        .forEach(
            (name, status) ->
                generations.clock(status).ifPresent(clock -> clocks.put(name, clock)));
    return clocks.size() == nodes.size() ? Optional.of(clocks) : Optional.empty();
  }

  Fleet fleet() {
    return fleet;
  }
}
