package io.causa.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which write each read read from: the one that was answered with the version read. A write whose
 * answer never came has no version; it is found by its value, if only one such write of the key has
 * it.
 */
final class Sources {
  /** The read does not say, or more than one write could be meant. */
  static final int UNKNOWN = -1;

  /** The read shows what no write of the history can have written by then. */
  static final int NO_WRITE = -2;

  private record KeyValue(String key, String value) {}

  private final List<HistoryEvent> events;
  private final Map<String, List<Integer>> byVersion = new HashMap<>();
  private final Map<KeyValue, List<Integer>> unversioned = new HashMap<>();
  private final Map<Integer, String> versionOfUnanswered = new HashMap<>();
  private final int[][] sources;
  private final List<Violation> violations = new ArrayList<>();

  Sources(List<HistoryEvent> events) {
    this.events = events;
    sources = new int[events.size()][];
    for (int i = 0; i < events.size(); i++) {
      if (events.get(i).mayHaveWritten()) {
        index(i);
      }
    }
    for (int i = 0; i < events.size(); i++) {
      sources[i] = events.get(i).showed() ? resolve(i) : new int[0];
    }
  }

  /**
   * The writing event for each access of a read, {@link #UNKNOWN} or {@link #NO_WRITE} where none
   * is known; empty for other events.
   */
  int[] of(int event) {
    return sources[event];
  }

  /** Whether the source is a write of the history. */
  static boolean isKnown(int source) {
    return source >= 0;
  }

  /** Reads of what nobody wrote. */
  List<Violation> violations() {
    return violations;
  }

  private void index(int event) {
    Set<String> versions = new HashSet<>();
    for (Access access : events.get(event).accesses()) {
      if (access.version() == null) {
        var same = new KeyValue(access.key(), access.value());
        unversioned.computeIfAbsent(same, x -> new ArrayList<>()).add(event);
      } else if (versions.add(access.version())) {
        byVersion.computeIfAbsent(access.version(), x -> new ArrayList<>()).add(event);
      }
    }
  }

  private int[] resolve(int read) {
    List<Access> accesses = events.get(read).accesses();
    int[] found = new int[accesses.size()];
    for (int i = 0; i < found.length; i++) {
      found[i] = resolve(read, accesses.get(i));
    }
    return found;
  }

  private int resolve(int read, Access access) {
    if (access.version() == null && access.value() == null) {
      return UNKNOWN;
    }
    for (int write : byVersion.getOrDefault(access.version(), List.of())) {
      if (wrote(write, access)) {
        return checkTime(write, read);
      }
    }
    return byValue(read, access);
  }

  private boolean wrote(int write, Access access) {
    return events.get(write).accesses().stream()
        .anyMatch(
            written ->
                written.key().equals(access.key()) && access.version().equals(written.version()));
  }

  private int byValue(int read, Access access) {
    var same = new KeyValue(access.key(), access.value());
    List<Integer> free =
        unversioned.getOrDefault(same, List.of()).stream()
            .filter(write -> isStillFree(write, access.version()))
            .toList();
    if (free.isEmpty()) {
      violations.add(thinAir(read, access));
      return NO_WRITE;
    }
    List<Integer> candidates = free.stream().filter(write -> hadBegun(write, read)).toList();
    if (candidates.isEmpty()) {
      return checkTime(free.get(0), read);
    }
    if (candidates.size() > 1) {
      return UNKNOWN;
    }
    bind(candidates.get(0), access.version());
    return candidates.get(0);
  }

  /**
   * One write has one version: an unanswered one that was already seen under another version is not
   * meant.
   */
  private boolean isStillFree(int write, String version) {
    String bound = versionOfUnanswered.get(write);
    return bound == null || version == null || bound.equals(version);
  }

  private void bind(int write, String version) {
    if (version != null) {
      versionOfUnanswered.put(write, version);
    }
  }

  private int checkTime(int write, int read) {
    if (hadBegun(write, read)) {
      return write;
    }
    HistoryEvent reader = events.get(read);
    String text = reader.client() + " read at " + reader.node() + " what was written only later";
    violations.add(new Violation("reads-from", text, reader, events.get(write)));
    return NO_WRITE;
  }

  /** A write that began after the read had ended cannot be what it showed. */
  private boolean hadBegun(int write, int read) {
    return events.get(write).beganBeforeTheEndOf(events.get(read));
  }

  private Violation thinAir(int read, Access access) {
    HistoryEvent event = events.get(read);
    String text =
        "%s read %s at %s, which nobody wrote".formatted(event.client(), access, event.node());
    return new Violation("reads-from", text, event, event);
  }
}
