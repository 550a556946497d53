package io.causa.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A history as plain text for consistency checkers by others: one operation a line, {@code
 * r(key,value,session,transaction)} or {@code w(key,value,session,transaction)}, all four of them
 * numbers.
 *
 * <p>Each write gets a value of its own, and a read the value of the write it read from; 0 is the
 * state at the beginning. A delete is a write too. A read that no write explains gets a value that
 * is never written. A session that goes on from another one's context reads a marker, which is a
 * key of its own and written once by that one. A write whose answer never came stands there only if
 * it was read.
 */
public final class TextExport {

  /**
   * A history as text.
   *
   * @param lines each session's in its own order
   * @param absences reads left out because they found nothing, and more than one delete, or a
   *     delete and the beginning, may be why
   * @param values reads left out because more than one unanswered write may have written the value
   */
  public record Exported(List<String> lines, List<String> absences, List<String> values) {
    public Exported {
      lines = List.copyOf(lines);
      absences = List.copyOf(absences);
      values = List.copyOf(values);
    }
  }

  /** The key of a marker. */
  private record Marker(int answer) {}

  private final Causality causality;
  private final ReadsFrom readsFrom;
  private final HandOvers handOvers;
  private final boolean[] stands;
  private final Map<Object, Integer> keys = new HashMap<>();
  private final Map<Object, Integer> sessions = new HashMap<>();
  private final List<String> lines = new ArrayList<>();
  private final List<String> absences = new ArrayList<>();
  private final List<String> values = new ArrayList<>();
  private final int size;
  private int unwritten;

  private TextExport(Causality causality) {
    this.causality = causality;
    readsFrom = new ReadsFrom(causality);
    size = causality.events().size();
    stands = new boolean[size];
    findWhatStands();
    handOvers = new HandOvers(causality, stands);
  }

  /**
   * Translates a history.
   *
   * @throws IllegalArgumentException if a client has two requests under way at once: that is no
   *     session
   */
  public static Exported of(List<HistoryEvent> history) {
    return new TextExport(new Causality(history)).export();
  }

  /**
   * Writes the lines, replacing the file and making its directory.
   *
   * @return what was written, and what was left out
   */
  public static Exported write(Path file, List<HistoryEvent> history) throws IOException {
    Exported exported = of(history);
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (String line : exported.lines()) {
        out.write(line);
        out.newLine();
      }
    }
    return exported;
  }

  private void findWhatStands() {
    for (int event = 0; event < size; event++) {
      HistoryEvent it = causality.event(event);
      stands[event] |= it.operation() != Operation.INITIAL && it.outcome().known();
      for (int i = 0; it.showed() && i < it.accesses().size(); i++) {
        int source = readsFrom.source(event, i);
        if (Sources.isKnown(source)) {
          stands[source] = causality.event(source).operation() != Operation.INITIAL;
        }
      }
    }
  }

  private Exported export() {
    for (int event = 0; event < size; event++) {
      if (stands[event]) {
        takeOver(event);
        add(event);
        handOver(event);
      }
    }
    return new Exported(lines, absences, values);
  }

  private void takeOver(int event) {
    for (int answer : handOvers.to(event)) {
      line('r', new Marker(answer), marked(answer), event, 2 * size + event);
    }
  }

  private void handOver(int event) {
    if (handOvers.isFrom(event)) {
      line('w', new Marker(event), marked(event), event, size + event);
    }
  }

  private int marked(int answer) {
    return size + answer + 1;
  }

  private void add(int event) {
    boolean write = causality.isWrite(event);
    List<Access> accesses = causality.event(event).accesses();
    for (int i = 0; i < accesses.size(); i++) {
      if (write) {
        line('w', accesses.get(i).key(), event + 1, event, event);
      } else {
        read(event, i, accesses.get(i));
      }
    }
  }

  private void read(int event, int access, Access shown) {
    int source = readsFrom.source(event, access);
    if (source == Sources.UNKNOWN) {
      List<String> leftOut = shown.value() == null ? absences : values;
      leftOut.add(shown.key() + " in: " + causality.event(event));
    } else {
      line('r', shown.key(), value(source), event, event);
    }
  }

  private int value(int source) {
    if (source == Sources.NO_WRITE) {
      return 2 * size + ++unwritten;
    }
    boolean known = Sources.isKnown(source);
    return known && causality.event(source).operation() != Operation.INITIAL ? source + 1 : 0;
  }

  private void line(char operation, Object key, int value, int event, int transaction) {
    lines.add(
        "%c(%d,%d,%d,%d)"
            .formatted(
                operation,
                number(keys, key),
                value,
                number(sessions, handOvers.session(event)),
                transaction));
  }

  private static int number(Map<Object, Integer> numbers, Object name) {
    return numbers.computeIfAbsent(name, x -> numbers.size());
  }
}
