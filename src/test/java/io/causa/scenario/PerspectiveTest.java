package io.causa.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PerspectiveTest {
  private static final List<Cluster.Node> NODES =
      List.of(
          new Cluster.Node("node1", null),
          new Cluster.Node("node11", null),
          new Cluster.Node("b", null));

  /** node11 has lost its data before; b loses them later. */
  private static final Baseline START =
      new Baseline(
          new Counts(Map.of("node1", 20L, "node11.a", 4L, "node11.k3f", 3L, "b", 5L)),
          Map.of("node1", "node1.x", "node11", "node11.k3f", "b", "b.x"),
          Map.of());

  private final Perspective absolute = Perspective.absolute(NODES, "s-7f/");
  private final Perspective relative = absolute.since(START);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "puts s-7f/x=5 -> node1:22          | puts x=5 -> node1:2",
        "'(node1:21, s-7f/a/b node11.k3f:5' | '(node1:1, a/b node11.k3f:2'",
        "node11.a:4 node11:4 node1.x:21.    | node11.a:0 node11:1 node1.x:1.",
        "b:6 b.x:6 b.y:1                    | b:1 b.x:1 b.y:1",
        "http://node1:5001 /b:8080 5 ab:17  | http://node1:5001 /b:8080 5 ab:17",
        "node1: b: node12:5 node1:1x        | node1: b: node12:5 node1:1x",
      })
  void writesAreCountedFromTheStartAndKeysAreShort(String text, String shown) {
    assertThat(relative.show(text)).isEqualTo(shown);
  }

  @Test
  void onRequestWritesAreCountedAsTheNodesDo() {
    assertThat(absolute.show("s-7f/x=5 node1:22")).isEqualTo("x=5 node1:22");
    assertThat(absolute.compact(START.counts())).isEqualTo("[20,7,5]");
    assertThat(absolute.moved(Map.of("node3", 2L), START)).isEqualTo("[20,7,7]");
  }

  @Test
  void clocksBeginAtZeroAndCountAllGenerationsOfANode() {
    assertThat(relative.compact(START.counts())).isEqualTo("[0,0,0]");
    Map<String, Long> now =
        Map.of("node1", 21L, "node11.a", 4L, "node11.k3f", 3L, "b.x", 5L, "b.y", 2L);
    assertThat(relative.counts(new Counts(now))).containsExactly(1L, 0L, 2L);
    assertThat(relative.moved(Map.of("node1", 1L), START)).isEqualTo("[1,0,0]");
  }

  @Test
  void aGenerationIsSeenOnlyWhereOneIsShown() {
    assertThat(relative.generation("x=1 node1:2 node11.k3f:3")).contains("node11.k3f");
    assertThat(relative.generation("x=1.5 node1:2. See c.d:3")).isEmpty();
  }
}
