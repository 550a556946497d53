package io.causa.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryChecksTest {
  @TempDir Path directory;

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

  @Test
  void aHistoryIsReadAsItWasWritten() throws IOException {
    List<HistoryEvent> events = new ArrayList<>(LongHistories.of(200, 3, 5, 3));
    events.addAll(
        new HandMade()
            .initially("ä key", "\"quoted\"\n", "node1:1")
            .putUnanswered("eve", "node1", "x", "1")
            .events());
    Path file = directory.resolve("deep/history.jsonl");
    HistoryFile.write(file, events);
    assertThat(HistoryFile.read(file)).isEqualTo(events);
    assertThat(Files.readAllLines(file)).hasSize(events.size());
  }

  @Test
  void aLineThatIsNoEventIsNamed() throws IOException {
    Path file = directory.resolve("history.jsonl");
    Files.writeString(file, "\n{\"client\":\"a\"}\n");
    assertThatThrownBy(() -> HistoryFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("history.jsonl:2");
  }

  @Test
  void theTextExportNumbersKeysValuesSessionsAndTransactions() {
    List<HistoryEvent> events =
        new HandMade()
            .initially("x", "0", "node1:1")
            .get("alice", "node1", "x", "0", "node1:1")
            .put("alice", "node1", "x", "1", "node1:2")
            .putUnanswered("eve", "node1", "x", "9")
            .get("bob", "node2", "x", "1", "node1:2")
            .absent("bob", "node2", "y")
            .events();
    assertThat(TextExport.of(events).lines())
        .containsExactly("r(0,0,0,1)", "w(0,3,0,2)", "r(0,3,1,4)", "r(1,0,1,5)");
  }

  @Test
  void anUnansweredWriteIsExportedOnceSomebodyReadIt() {
    List<HistoryEvent> events =
        new HandMade()
            .putUnanswered("eve", "node1", "x", "9")
            .get("bob", "node2", "x", "9", "node1:1")
            .events();
    assertThat(TextExport.of(events).lines()).containsExactly("w(0,1,0,0)", "r(0,1,1,1)");
  }

  @Test
  void anAbsenceThatSomeDeleteMayExplainIsNotExportedAsTheBeginning() {
    List<HistoryEvent> events =
        new HandMade()
            .delete("alice", "node1", "x", "node1:1")
            .absent("bob", "node2", "x")
            .absent("bob", "node2", "y")
            .events();
    assertThat(TextExport.of(events).lines()).containsExactly("w(0,1,0,0)", "r(1,0,1,2)");
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
