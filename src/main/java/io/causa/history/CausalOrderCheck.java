package io.causa.history;

import java.util.ArrayList;
import java.util.List;

/**
 * No read returns a version that was overwritten in its causal past, nor finds nothing where its
 * past has a put that no delete explains. Keys read together are part of each other's past, so they
 * must be one causal snapshot.
 */
final class CausalOrderCheck implements Check {
  @Override
  public List<Violation> check(Causality causality) {
    List<Violation> violations = new ArrayList<>(causality.violations());
    Staleness staleness = new Staleness(causality);
    for (int read = 0; read < causality.events().size(); read++) {
      for (int access = 0; access < causality.sourcesOf(read).length; access++) {
        int newer = staleness.newerThan(read, access, causality.past(read));
        if (newer != Staleness.FRESH) {
          violations.add(violation(causality, read, access, newer));
        }
      }
    }
    return violations;
  }

  private static Violation violation(Causality causality, int read, int access, int newer) {
    HistoryEvent event = causality.event(read);
    String text =
        "%s at %s read %s, but its causal past already holds a newer version"
            .formatted(event.client(), event.node(), event.accesses().get(access));
    return new Violation("causal-order", text, causality.event(newer), event);
  }
}
