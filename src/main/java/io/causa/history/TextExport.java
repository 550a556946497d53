package io.causa.history;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A history as plain text for consistency checkers by others: one operation a line, {@code
 * r(key,value,session,transaction)} or {@code w(key,value,session,transaction)}, all four of them
 * numbers.
 *
 * <p>Each write gets a value of its own, and a read the value of the write it read from; 0 is the
 * state at the beginning. A delete is a write too. A write whose answer never came stands there
 * only if somebody read it, and a read only if it is known which write it read from.
 */
public final class TextExport {
  private final Causality causality;
  private final Map<String, Integer> keys = new LinkedHashMap<>();
  private final Map<String, Integer> sessions = new HashMap<>();
  private final boolean[] wasRead;
  private final List<String> lines = new ArrayList<>();

  private TextExport(Causality causality) {
    this.causality = causality;
    wasRead = new boolean[causality.events().size()];
  }

  /** The lines, sessions in their own order. */
  public static List<String> lines(List<HistoryEvent> history) {
    return new TextExport(new Causality(history)).export();
  }

  /** Writes the lines, replacing the file and making its directory. */
  public static void write(Path file, List<HistoryEvent> history) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (String line : lines(history)) {
        out.write(line);
        out.newLine();
      }
    }
  }

  private List<String> export() {
    for (int i = 0; i < causality.events().size(); i++) {
      for (int source : causality.sourcesOf(i)) {
        markRead(source);
      }
    }
    for (int i = 0; i < causality.events().size(); i++) {
      if (stands(i)) {
        add(i);
      }
    }
    return lines;
  }

  private void markRead(int source) {
    if (source != Sources.UNKNOWN) {
      wasRead[source] = true;
    }
  }

  private boolean stands(int event) {
    HistoryEvent it = causality.event(event);
    return it.operation() != Operation.INITIAL && (it.outcome().known() || wasRead[event]);
  }

  private void add(int event) {
    HistoryEvent it = causality.event(event);
    boolean write = causality.isWrite(event);
    int[] sources = causality.sourcesOf(event);
    // An unanswered write is a session of its own: its client's later requests do not follow it.
    String client = it.outcome().known() ? it.client() : it.client() + "#" + event;
    for (int i = 0; i < it.accesses().size(); i++) {
      if (write || isTold(event, it.accesses().get(i), sources[i])) {
        lines.add(
            "%s(%d,%d,%d,%d)"
                .formatted(
                    write ? "w" : "r",
                    number(keys, it.accesses().get(i).key()),
                    write ? value(event) : value(sources[i]),
                    number(sessions, client),
                    event));
      }
    }
  }

  /** Of nothing that was found, it must be sure whether it is the beginning or some delete. */
  private boolean isTold(int read, Access access, int source) {
    long readEnd = causality.event(read).endNanos();
    return source != Sources.UNKNOWN
        || access.value() == null
            && causality.deletesOf(access.key()).lastWhere(d -> beganBefore(d, readEnd)).stream()
                .allMatch(delete -> causality.event(delete).operation() == Operation.INITIAL);
  }

  private boolean beganBefore(int event, long nanos) {
    return causality.event(event).startNanos() <= nanos;
  }

  private int value(int write) {
    boolean initial =
        write == Sources.UNKNOWN || causality.event(write).operation() == Operation.INITIAL;
    return initial ? 0 : write + 1;
  }

  private static int number(Map<String, Integer> numbers, String name) {
    return numbers.computeIfAbsent(name, x -> numbers.size());
  }
}
