package io.causa.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.scenario.ClockTable.Reading;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ClockTableTest {
  private static final List<String> NAMES = List.of("n1", "n2");
  private static final Reading ZERO = reading(List.of(0L, 0L), List.of(0L, 0L));
  private static final Reading MOVED = reading(List.of(1L, 0L), List.of(0L, 0L));

  private final ClockTable table = new ClockTable(NAMES, 74, ZERO);

  @Test
  void whatHasMovedIsMarkedAlsoWithoutColour() {
    assertThat(table.heading().render(false)).isEqualTo("n1      n2");
    assertThat(table.inColumns(ZERO, MOVED).orElseThrow().render(false)).isEqualTo("[1*,0]  [0,0]");
    assertThat(table.inColumns(MOVED, MOVED).orElseThrow().render(false))
        .isEqualTo("[1,0]   [0,0]");
  }

  @Test
  void whatHasMovedStandsOutInColour() {
    assertThat(table.named(ZERO, MOVED).render(true)).contains("\u001b[1;7m1*\u001b[0m");
    assertThat(table.named(MOVED, MOVED).render(true)).doesNotContain("\u001b[1;7m");
  }

  @Test
  void aNodeThatIsDownHasNoClock() {
    Reading down = new Reading(Map.of("n1", List.of(1L, 0L)));
    assertThat(table.inColumns(MOVED, down).orElseThrow().render(false)).isEqualTo("[1,0]   down");
    Reading back = reading(List.of(1L, 0L), List.of(1L, 0L));
    assertThat(table.inColumns(MOVED.updatedBy(down), back).orElseThrow().render(false))
        .isEqualTo("[1,0]   [1*,0]");
  }

  @Test
  void clocksThatDoNotFitIntoTheirColumnsAreNamed() {
    Reading large = reading(List.of(1_000L, 100L), List.of(0L, 0L));
    assertThat(table.inColumns(ZERO, large)).isEmpty();
    assertThat(table.named(ZERO, large).render(false)).isEqualTo("n1 [1000*,100*]  n2 [0,0]");
    assertThat(new ClockTable(NAMES, 50, ZERO).textColumns()).isEmpty();
    assertThat(new ClockTable(NAMES, 50, ZERO).inColumns(ZERO, ZERO)).isEmpty();
  }

  private static Reading reading(List<Long> first, List<Long> second) {
    return new Reading(Map.of("n1", first, "n2", second));
  }
}
