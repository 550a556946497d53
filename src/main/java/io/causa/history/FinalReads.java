package io.causa.history;

import java.util.ArrayList;
import java.util.List;

/** Holds the reads at the end against a set of writes that all of them must show. */
final class FinalReads {
  private final Causality causality;
  private final Staleness staleness;
  private final String rule;
  private final String reason;

  /**
   * @param reason why a final read that lacks one of the writes is wrong, for people
   */
  FinalReads(Causality causality, String rule, String reason) {
    this.causality = causality;
    this.staleness = new Staleness(causality);
    this.rule = rule;
    this.reason = reason;
  }

  List<Violation> judge(Past mustBeThere) {
    List<Violation> violations = new ArrayList<>();
    for (int read = 0; read < causality.events().size(); read++) {
      if (causality.event(read).operation() == Operation.FINAL) {
        judge(read, mustBeThere, violations);
      }
    }
    return violations;
  }

  private void judge(int read, Past mustBeThere, List<Violation> violations) {
    for (int access = 0; access < causality.sourcesOf(read).length; access++) {
      int lost = staleness.newerThan(read, access, mustBeThere);
      if (lost != Staleness.FRESH) {
        HistoryEvent event = causality.event(read);
        String text =
            "%s ends with %s, although %s"
                .formatted(event.node(), event.accesses().get(access), reason);
        violations.add(new Violation(rule, text, causality.event(lost), event));
      }
    }
  }
}
