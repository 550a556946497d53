package io.causa.torture;

import io.causa.client.Answer;
import io.causa.client.NodeStatus;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks nodes how they are. Blocks. */
final class Census {
  private final Fleet fleet;
  private final Generations generations = new Generations();

  Census(Fleet fleet) {
    this.fleet = fleet;
  }

  Generations generations() {
    return generations;
  }

  /** The statuses of the nodes that answer, by name, asked all at once. */
  Map<String, NodeStatus> take(List<Fleet.Node> nodes) throws InterruptedException {
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
    take(nodes)
        .forEach(
            (name, status) ->
                generations.clock(status).ifPresent(clock -> clocks.put(name, clock)));
    return clocks.size() == nodes.size() ? Optional.of(clocks) : Optional.empty();
  }

  Fleet fleet() {
    return fleet;
  }
}
