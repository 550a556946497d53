package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.client.NodeStatus;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusViewTest {

  @Test
  void thePageShowsTheClockThePeersWhatWaitsAndTheStore() {
    assertThat(StatusView.of("http://h:1", status(Map.of("a", "1", "bb", "two\nlines"))))
        .isEqualTo(
            """
            node       node1 (node1.k3) at http://h:1
            ready      yes
            clock      node1=17, node2=4
            keys       2
            data       81 % (810 of 1000 bytes)
            conflicts  3 keys (8 seen since the start)
            buffered   1
            faults     none
            agreement  version 3 of 4, until these say that they know more: node2, node3
            access     INSECURE: anybody who reaches the node may read and change everything

            MEMBER    STATE
            node1.k3  self
            node3.b   silent

            PEER   ADDRESS     LAG  HEARD
            node2  http://h:2    0  yes
            node3  ?            12  silent

            GENERATION  STATE       LAST  EVERYWHERE
            node2.9     superseded    41  yes

            BUFFERED  WAITS FOR
            node3:2   node2:5

            HELD  KEYS  BYTES  WAITS FOR
            s-1   p, q   2048  node2:6

            KEY  VALUE
            a    1
            bb   two·lines
            """);
  }

  @Test
  void aLargeStoreIsCutShort() {
    Map<String, Object> store = new TreeMap<>();
    IntStream.range(0, 25).forEach(i -> store.put("key%02d".formatted(i), "v".repeat(100)));
    assertThat(StatusView.of("http://h:1", status(store)))
        .contains("keys       300, deleted ones included")
        .contains("key19  " + "v".repeat(60) + "…\n… and 5 more\n")
        .doesNotContain("key20");
  }

  private static NodeStatus status(Map<String, Object> store) {
    return new NodeStatus(
        "node1",
        "node1.k3",
        true,
        Map.of("node1", 17L, "node2", 4L),
        store,
        store.size() > 20,
        300,
        1,
        List.of(new NodeStatus.Waiting("node3:2", List.of("b"), "node2:5")),
        1,
        List.of(new NodeStatus.Held("s-1", List.of("p", "q"), 2048, "node2:6")),
        3,
        8,
        List.of(
            new NodeStatus.Peer("node2", "node2.a", "http://h:2", false, 17, 17, 0),
            new NodeStatus.Peer("node3", "node3.b", null, true, 5, 5, 12)),
        List.of(
            new NodeStatus.Member("node1", "node1.k3", "self"),
            new NodeStatus.Member("node3", "node3.b", "silent")),
        List.of(new NodeStatus.Generation("node2.9", "superseded", 41, true)),
        List.of(),
        new NodeStatus.Data(810, 1000, 100, 81, true),
        new NodeStatus.Agreement(3, 4, List.of(), List.of("node2", "node3")),
        new NodeStatus.Access(false, true, null));
  }
}
