package io.causa.history;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * What the node that answered a request must have applied by then: all that its earlier answers
 * showed, to any client, and what that follows. A node never goes back, unless it loses its memory,
 * and then it counts as another.
 */
final class NodeViews {
  private final Causality causality;
  private final PriorityQueue<Integer> underWay;
  private final Map<String, Past> shownBy = new HashMap<>();
  private final Past[] before;

  /** Goes through the events by their start, adding what each answer showed once it has ended. */
  NodeViews(Causality causality) {
    this.causality = causality;
    underWay = new PriorityQueue<>(Comparator.comparingLong(e -> causality.event(e).endNanos()));
    before = new Past[causality.events().size()];
    for (int i = 0; i < before.length; i++) {
      HistoryEvent event = causality.event(i);
      endBefore(event.startNanos());
      before[i] = shownBy.getOrDefault(event.node(), Past.NOTHING);
      if (event.outcome().known() && event.operation() != Operation.INITIAL) {
        underWay.add(i);
      }
    }
  }

  /** What the node had shown in answers that had arrived when this request was sent. */
  Past before(int event) {
    return before[event];
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
      shown = Sources.isKnown(source) ? shown.join(causality.pastAndSelf(source)) : shown;
    }
    return shown;
  }
}
