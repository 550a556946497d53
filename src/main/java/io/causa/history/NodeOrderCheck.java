package io.causa.history;

import java.util.ArrayList;
import java.util.List;

/**
 * A node that has shown an effect shows its cause to every client that asks next, with or without a
 * context. So what one observer saw at a node binds every later observer of that node.
 */
final class NodeOrderCheck implements Check {
  @Override
  public List<Violation> check(Causality causality) {
    NodeViews views = new NodeViews(causality);
    Staleness staleness = new Staleness(causality);
    List<Violation> violations = new ArrayList<>();
    for (int read = 0; read < causality.events().size(); read++) {
      for (int access = 0; access < causality.sourcesOf(read).length; access++) {
        int newer = staleness.newerThan(read, access, views.before(read));
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
        "%s showed %s although it had already shown that version's successor or an effect of it"
            .formatted(event.node(), event.accesses().get(access));
    return new Violation("cause-before-effect", text, causality.event(newer), event);
  }
}
