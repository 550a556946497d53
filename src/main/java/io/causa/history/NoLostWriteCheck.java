package io.causa.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What was acknowledged is there at the end, at every node, unless something newer took its place.
 */
final class NoLostWriteCheck implements Check {
  static final String NAME = "no-lost-write";

  @Override
  public List<Violation> check(Causality causality) {
    Past acknowledged = acknowledged(causality);
    Staleness staleness = new Staleness(causality);
    List<Violation> violations = new ArrayList<>();
    for (int read = 0; read < causality.events().size(); read++) {
      if (causality.event(read).operation() == Operation.FINAL) {
        check(causality, staleness, read, acknowledged, violations);
      }
    }
    return violations;
  }

  private static Past acknowledged(Causality causality) {
    Past acknowledged = Past.NOTHING;
    for (int i = 0; i < causality.events().size(); i++) {
      if (causality.isWrite(i) && causality.event(i).outcome().known()) {
        acknowledged = acknowledged.join(Past.of(causality.chain(i), causality.position(i)));
      }
    }
    return acknowledged;
  }

  private static void check(
      Causality causality,
      Staleness staleness,
      int read,
      Past acknowledged,
      List<Violation> violations) {
    for (int access = 0; access < causality.sourcesOf(read).length; access++) {
      int lost = staleness.newerThan(read, access, acknowledged);
      if (lost != Staleness.FRESH) {
        HistoryEvent event = causality.event(read);
        String text =
            "%s ends with %s, although a newer version was acknowledged"
                .formatted(event.node(), event.accesses().get(access));
        violations.add(new Violation(NAME, text, causality.event(lost), event));
      }
    }
  }
}
