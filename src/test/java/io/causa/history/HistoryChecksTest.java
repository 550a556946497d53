package io.causa.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryChecksTest {
  @Test
  void aLongRightHistoryIsAccepted() {
    assertThat(HistoryChecks.check(LongHistories.of(5_000, 8, 20, 42))).isEmpty();
  }

  @Test
  void oneStaleReadInALongHistoryIsFound() {
    List<HistoryEvent> events = LongHistories.of(5_000, 8, 20, 42);
    HistoryEvent first = firstPut(events);
    HistoryEvent last = events.get(events.size() - 1);
    events.add(
        new HistoryEvent(
            last.client(),
            last.node(),
            Operation.GET,
            first.accesses(),
            null,
            null,
            last.endNanos() + 1,
            last.endNanos() + 2,
            Outcome.OK));
    assertThat(HistoryChecks.check(events))
        .extracting(Violation::rule)
        .contains("causal-order", "cause-before-effect");
  }

  @Test
  void theOrderOfTheLinesDoesNotMatter() {
    List<HistoryEvent> events = LongHistories.of(2_000, 5, 10, 7);
    Collections.shuffle(events, new Random(7));
    assertThat(HistoryChecks.check(events)).isEmpty();
  }

  @Test
  void aHistoryOfManyClientsIsAcceptedToo() {
    // Two hundred thousand events: a check that compares events in pairs would not end.
    assertThat(HistoryChecks.check(LongHistories.of(200_000, 20, 100, 1))).isEmpty();
  }

  private static HistoryEvent firstPut(List<HistoryEvent> events) {
    HistoryEvent first = null;
    for (HistoryEvent event : events) {
      if (event.operation() == Operation.PUT && first == null) {
        first = event;
      }
    }
    return first;
  }
}
