package io.causa.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Histories are read as they were written; what is no history is refused in a sentence. */
class HistoryFileTest {
  private static final String EVENT =
      "{\"client\":\"a\",\"node\":\"n\",\"operation\":\"put\",\"accesses\":[{\"key\":\"x\"}],"
          + "\"startNanos\":1,\"endNanos\":2,\"outcome\":\"ok\"}";

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void name() {
    file = directory.resolve("deep/history.jsonl");
  }

  @Test
  void aHistoryIsReadAsItWasWritten() throws IOException {
    List<HistoryEvent> events = new ArrayList<>(LongHistories.of(200, 3, 5, 3));
    events.addAll(
        new HandMade()
            .initially("ä key", "\"quoted\"\n", "node1:1")
            .putUnanswered("eve", "node1", "x", "1")
            .events());
    HistoryFile.write(file, events);
    assertThat(HistoryFile.read(file)).isEqualTo(events);
    assertThat(Files.readAllLines(file)).hasSize(events.size());
  }

  @Test
  void emptyLinesAreSkippedAndTheRestIsAnEvent() throws IOException {
    assertThat(read("\n" + EVENT + "\n\n")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          "client":"a",       |                        | it has no field "client"
          "accesses":[{"key":"x"}],|                   | it has no field "accesses"
          {"key":"x"}         |                        | touches no key
          {"key":"x"}         | {"key":"x","at":1}     | there is no field "accesses.at", only key, value, version
          {"key":"x"}         | {"value":"x"}          | it has no field "key"
          "startNanos":1,     |                        | "startNanos" is missing or of another kind
          "startNanos":1,     | "startNanos":"soon",   | "startNanos" is missing or of another kind
          "startNanos":1,     | "startNanos":3,        | ends at 2 before it starts at 3
          "put"               | "pit"                  | "operation" is "pit", which is not one of initial, put, delete
          "ok"}               | "ok"                   | it is not JSON: Unexpected end
          "ok"}               | "ok"} {                | it is not one JSON object
          "node":             | "nod":                 | it has no field "node"
          """)
  void aLineThatIsNoEventIsNamedWithTheReason(String from, String to, String reason) {
    String line = EVENT.replace(from, to == null ? "" : to);
    assertThat(line).isNotEqualTo(EVENT);
    assertRefused(EVENT + "\n\n" + line + "\n", "history.jsonl:3 is not an event of a history: ");
    assertRefused(line, reason);
  }

  @Test
  void whatIsNoObjectIsNoEvent() {
    assertRefused("null", "history.jsonl:1 is not an event");
    assertRefused("[]", "history.jsonl:1 is not an event");
    assertRefused("17", "history.jsonl:1 is not an event");
  }

  @Test
  void whatIsNoTextFileIsNamed() throws IOException {
    assertThatThrownBy(() -> HistoryFile.read(file))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no file " + file);
    assertThatThrownBy(() -> HistoryFile.read(directory))
        .isInstanceOf(IOException.class)
        .hasMessage(directory + " is a directory, not a history");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff, 10});
    assertThatThrownBy(() -> HistoryFile.read(binary))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no text in UTF-8");
  }

  private void assertRefused(String text, String reason) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(reason)
        .message()
        .doesNotContain("fasterxml", "instance of", "Cannot");
  }

  private List<HistoryEvent> read(String text) throws IOException {
    Files.createDirectories(file.getParent());
    return HistoryFile.read(Files.writeString(file, text));
  }
}
