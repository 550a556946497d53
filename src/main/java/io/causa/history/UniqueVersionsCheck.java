package io.causa.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A version names one write forever, and the value that it gave a key. */
final class UniqueVersionsCheck implements Check {
  private record KeyVersion(String key, String version) {}

  private record Said(String value, HistoryEvent event) {}

  @Override
  public List<Violation> check(Causality causality) {
    List<Violation> violations = new ArrayList<>();
    Map<String, HistoryEvent> writers = new HashMap<>();
    Map<KeyVersion, Said> values = new HashMap<>();
    for (HistoryEvent event : causality.events()) {
      for (Access access : event.accesses()) {
        if (access.version() != null && event.outcome().known()) {
          checkWriter(writers, event, access, violations);
          checkValue(values, event, access, violations);
        }
      }
    }
    return violations;
  }

  private static void checkWriter(
      Map<String, HistoryEvent> writers,
      HistoryEvent event,
      Access access,
      List<Violation> violations) {
    if (!event.operation().writes()) {
      return;
    }
    HistoryEvent other = writers.putIfAbsent(access.version(), event);
    if (other != null && other != event) {
      String text = "two writes were answered with version " + access.version();
      violations.add(new Violation("unique-versions", text, other, event));
    }
  }

  private static void checkValue(
      Map<KeyVersion, Said> values, HistoryEvent event, Access access, List<Violation> violations) {
    var said = new Said(access.value(), event);
    Said other = values.putIfAbsent(new KeyVersion(access.key(), access.version()), said);
    if (other != null && !Objects.equals(other.value(), access.value())) {
      String text =
          "version %s of %s is %s for one and %s for the other"
              .formatted(access.version(), access.key(), other.value(), access.value());
      violations.add(new Violation("unique-versions", text, other.event(), event));
    }
  }
}
