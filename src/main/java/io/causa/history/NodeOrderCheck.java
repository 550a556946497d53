package io.causa.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * A node that has shown an effect shows its cause to whoever asks next, with or without a context.
 * So what one observer saw at a node binds every later observer of that node.
 */
final class NodeOrderCheck implements Check {
  @Override
  public List<Violation> check(Causality causality) {
    return new Sweep(causality).run();
  }

  /** Goes through the events by their start, adding what each answer showed once it has ended. */
  private static final class Sweep {
    private final Causality causality;
    private final Staleness staleness;
    private final PriorityQueue<Integer> underWay;
    private final Map<String, Past> shownBy = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    Sweep(Causality causality) {
      this.causality = causality;
      staleness = new Staleness(causality);
      underWay = new PriorityQueue<>(Comparator.comparingLong(e -> causality.event(e).endNanos()));
    }

    List<Violation> run() {
      for (int i = 0; i < causality.events().size(); i++) {
        HistoryEvent event = causality.event(i);
        endBefore(event.startNanos());
        for (int access = 0; access < causality.sourcesOf(i).length; access++) {
          judge(i, access);
        }
        if (event.outcome().known() && event.operation() != Operation.INITIAL) {
          underWay.add(i);
        }
      }
      return violations;
    }

    private void endBefore(long startNanos) {
      while (!underWay.isEmpty() && causality.event(underWay.peek()).endNanos() <= startNanos) {
        int ended = underWay.remove();
        shownBy.merge(causality.event(ended).node(), shown(ended), Past::join);
      }
    }

    private Past shown(int event) {
      Past shown = causality.isWrite(event) ? causality.pastAndSelf(event) : Past.NOTHING;
      for (int source : causality.sourcesOf(event)) {
        shown = source == Sources.UNKNOWN ? shown : shown.join(causality.pastAndSelf(source));
      }
      return shown;
    }

    private void judge(int read, int access) {
      HistoryEvent event = causality.event(read);
      Past shown = shownBy.getOrDefault(event.node(), Past.NOTHING);
      int newer = staleness.newerThan(read, access, shown);
      if (newer != Staleness.FRESH) {
        String text =
            "%s showed %s although it had already shown that version's successor or an effect of it"
                .formatted(event.node(), event.accesses().get(access));
        violations.add(new Violation("cause-before-effect", text, causality.event(newer), event));
      }
    }
  }
}
