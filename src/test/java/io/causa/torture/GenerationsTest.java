package io.causa.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.client.NodeStatus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which replica a bare name means in the status of a node. */
class GenerationsTest {
  private final Generations generations = new Generations();

  @Test
  void aNodesOwnNameMeansItself() {
    NodeStatus status = status("node1", "node1.b", Map.of("node1", 3L));
    assertThat(generations.clock(status)).contains(new Clock(Map.of("node1.b", 3L)));
  }

  @Test
  void theNameOfAPeerMeansThatPeer() {
    generations.learn(status("node2", "node2.a", Map.of()));
    generations.learn(status("node2", "node2.b", Map.of()));
    NodeStatus status = status("node1", "node1.a", Map.of("node2", 4L), "node2.b");
    assertThat(generations.clock(status)).contains(new Clock(Map.of("node2.b", 4L)));
  }

  @Test
  void theNameOfSomebodyUnmetMeansTheOnlyOneThereEverWas() {
    generations.learn(status("node2", "node2.a", Map.of()));
    NodeStatus status = status("node1", "node1.a", Map.of("node2", 4L));
    assertThat(generations.clock(status)).contains(new Clock(Map.of("node2.a", 4L)));
  }

  @Test
  void aNameThatMayMeanTwoIsNotGuessed() {
    generations.learn(status("node2", "node2.a", Map.of()));
    generations.learn(status("node2", "node2.b", Map.of()));
    assertThat(generations.clock(status("node1", "node1.a", Map.of("node2", 4L)))).isEmpty();
  }

  @Test
  void aFullNameMeansItself() {
    NodeStatus status = status("node1", "node1.b", Map.of("node1.a", 9L, "node1.b", 1L));
    assertThat(generations.clock(status)).contains(new Clock(Map.of("node1.a", 9L, "node1.b", 1L)));
  }

  private static NodeStatus status(
      String id, String replica, Map<String, Long> clock, String... peers) {
    List<NodeStatus.Peer> met =
        List.of(peers).stream()
            .map(peer -> new NodeStatus.Peer(null, peer, null, false, 0, 0, 0))
            .toList();
    return StatusOf.node(id, replica, clock, met);
  }
}
