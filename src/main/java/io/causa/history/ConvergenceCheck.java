package io.causa.history;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * When all faults are gone and the nodes have settled, every node shows the same value and the same
 * version of every key.
 */
final class ConvergenceCheck implements Check {
  private record Shown(Access access, HistoryEvent event) {}

  @Override
  public List<Violation> check(Causality causality) {
    Map<String, Map<String, Shown>> byKey = new TreeMap<>();
    Set<String> nodes = new TreeSet<>();
    for (HistoryEvent event : causality.events()) {
      if (event.operation() == Operation.FINAL && event.showed()) {
        nodes.add(event.node());
        event.accesses().forEach(access -> add(byKey, access, event));
      }
    }
    List<Violation> violations = new ArrayList<>();
    byKey.forEach((key, shown) -> compare(key, shown, nodes, violations));
    return violations;
  }

  private static void add(
      Map<String, Map<String, Shown>> byKey, Access access, HistoryEvent event) {
    byKey
        .computeIfAbsent(access.key(), x -> new LinkedHashMap<>())
        .put(event.node(), new Shown(access, event));
  }

  private static void compare(
      String key, Map<String, Shown> shown, Set<String> nodes, List<Violation> violations) {
    Shown first = shown.values().iterator().next();
    for (String node : nodes) {
      Shown other = shown.get(node);
      if (other == null) {
        violations.add(violation(node + " was not asked for " + key + " at the end", first, first));
      } else if (!same(first.access(), other.access())) {
        String text =
            "%s ends with %s and %s with %s"
                .formatted(first.event().node(), first.access(), node, other.access());
        violations.add(violation(text, first, other));
      }
    }
  }

  /**
   * A tombstone may be gone at one node and not yet at another: of two absences only the absence
   * counts.
   */
  private static boolean same(Access one, Access other) {
    return Objects.equals(one.value(), other.value())
        && (one.value() == null || Objects.equals(one.version(), other.version()));
  }

  private static Violation violation(String text, Shown first, Shown other) {
    return new Violation("convergence", text, first.event(), other.event());
  }
}
