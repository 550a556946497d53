package io.causa.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CyclesTest {
  @Test
  void whatHasNoCycleHasNoComponent() {
    Cycles cycles = new Cycles(List.of(List.of(1, 2), List.of(3), List.of(3), List.of()));
    assertThat(cycles.components()).isEmpty();
  }

  @Test
  void eachCycleIsFoundByItself() {
    Cycles cycles =
        new Cycles(List.of(List.of(1), List.of(0, 2), List.of(3), List.of(4), List.of(2)));
    assertThat(cycles.components())
        .satisfiesExactlyInAnyOrder(
            one -> assertThat(one).containsExactlyInAnyOrder(0, 1),
            other -> assertThat(other).containsExactlyInAnyOrder(2, 3, 4));
    assertThat(cycles.together(0, 1)).isTrue();
    assertThat(cycles.together(1, 2)).isFalse();
  }

  @Test
  void theShortestWayRoundIsTaken() {
    Cycles cycles = new Cycles(List.of(List.of(1, 3), List.of(2), List.of(3), List.of(0)));
    assertThat(cycles.path(0, 3)).containsExactly(0, 3);
    assertThat(cycles.path(1, 0)).containsExactly(1, 2, 3, 0);
  }

  @Test
  void aCycleMayBeAsLongAsAHistory() {
    int size = 300_000;
    Cycles ring =
        new Cycles(IntStream.range(0, size).mapToObj(i -> List.of((i + 1) % size)).toList());
    assertThat(ring.components()).singleElement().satisfies(all -> assertThat(all).hasSize(size));
    assertThat(ring.path(1, 0)).hasSize(size);
  }
}
