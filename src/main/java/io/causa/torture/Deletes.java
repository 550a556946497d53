package io.causa.torture;

import io.causa.history.Access;
import io.causa.history.HistoryEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which delete a bare version means that was printed for an absent key. Such an answer has no
 * entity tag, and no value that leads to the write; but few deletes of one key have one sequence
 * number at nodes of one name.
 */
final class Deletes {
  private record Printed(String key, String version) {}

  private record Target(String key, String name) {}

  private final Map<Printed, List<HistoryEvent>> answered = new HashMap<>();
  private final Map<Target, List<HistoryEvent>> unanswered = new HashMap<>();

  /**
   * @param events all of a run; its acknowledged writes have full versions
   */
  Deletes(List<HistoryEvent> events) {
    for (HistoryEvent event : events) {
      for (Access access : event.accesses()) {
        if (event.mayHaveWritten() && access.value() == null) {
          add(event, access);
        }
      }
    }
  }

  private void add(HistoryEvent event, Access access) {
    if (access.version() == null) {
      var target = new Target(access.key(), Fleet.nameOf(event.node()));
      unanswered.computeIfAbsent(target, x -> new ArrayList<>()).add(event);
    } else {
      var printed = new Printed(access.key(), Versions.bare(access.version()));
      answered.computeIfAbsent(printed, x -> new ArrayList<>()).add(event);
    }
  }

  /**
   * The full version that an absence showed.
   *
   * @param absent has a bare version
   * @return the version in full; null if more than one delete, or one that was never answered, may
   *     be meant; the bare version itself if there is no such delete, which is a fault of the nodes
   */
  String meant(Access absent, HistoryEvent read) {
    String bare = absent.version();
    List<HistoryEvent> known = begun(answered.get(new Printed(absent.key(), bare)), read);
    String name = bare.substring(0, bare.lastIndexOf(':'));
    List<HistoryEvent> others = begun(unanswered.get(new Target(absent.key(), name)), read);
    if (known.isEmpty() && others.isEmpty()) {
      return bare;
    }
    // In one life a node gives out a number once.
    boolean sure =
        known.size() == 1
            && others.stream().allMatch(other -> other.node().equals(known.get(0).node()));
    return sure ? versionOf(known.get(0), absent.key()) : null;
  }

  private static List<HistoryEvent> begun(List<HistoryEvent> deletes, HistoryEvent read) {
    return deletes == null
        ? List.of()
        : deletes.stream().filter(delete -> delete.startNanos() <= read.endNanos()).toList();
  }

  private static String versionOf(HistoryEvent delete, String key) {
    return delete.accesses().stream()
        .filter(access -> access.key().equals(key))
        .findFirst()
        .orElseThrow()
        .version();
  }
}
