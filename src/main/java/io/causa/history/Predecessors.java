package io.causa.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The direct causes of each event that clients know of: the client's own request before it, and the
 * answer whose context it carried.
 *
 * <p>A request without a known answer has causes but causes nothing for its client: the client
 * holds no context that covers it.
 */
final class Predecessors {
  private final List<HistoryEvent> events;
  private final int[] own;
  private final int[] context;

  /**
   * @param events in order of their start
   */
  Predecessors(List<HistoryEvent> events) {
    this.events = events;
    own = new int[events.size()];
    context = new int[events.size()];
    linkClients();
    linkContexts();
  }

  List<Integer> of(int event) {
    List<Integer> found = new ArrayList<>(2);
    if (own[event] >= 0) {
      found.add(own[event]);
    }
    if (context[event] >= 0 && context[event] != own[event]) {
      found.add(context[event]);
    }
    return found;
  }

  private void linkClients() {
    Map<String, Integer> lastKnown = new HashMap<>();
    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < events.size(); i++) {
      HistoryEvent event = events.get(i);
      Integer before = last.put(event.client(), i);
      if (before != null && events.get(before).endNanos() > event.startNanos()) {
        throw new IllegalArgumentException(
            "a client is one session, but this one had two requests under way at once:\n    "
                + events.get(before)
                + "\n    "
                + event);
      }
      own[i] = lastKnown.getOrDefault(event.client(), -1);
      if (event.outcome().known()) {
        lastKnown.put(event.client(), i);
      }
    }
  }

  /**
   * A context came from the last answer with that text that was there before the request was sent.
   */
  private void linkContexts() {
    List<Integer> byEnd =
        IntStream.range(0, events.size())
            .boxed()
            .sorted(Comparator.comparingLong(i -> events.get(i).endNanos()))
            .toList();
    Map<String, Integer> emitter = new HashMap<>();
    int ended = 0;
    for (int i = 0; i < events.size(); i++) {
      HistoryEvent event = events.get(i);
      while (ended < byEnd.size() && endsBefore(byEnd.get(ended), event)) {
        remember(emitter, byEnd.get(ended++));
      }
      context[i] = event.contextIn() == null ? -1 : emitter.getOrDefault(event.contextIn(), -1);
    }
  }

  private boolean endsBefore(int candidate, HistoryEvent event) {
    HistoryEvent other = events.get(candidate);
    return other != event && other.endNanos() <= event.startNanos();
  }

  private void remember(Map<String, Integer> emitter, int index) {
    HistoryEvent event = events.get(index);
    if (event.contextOut() != null && event.outcome().known()) {
      emitter.put(event.contextOut(), index);
    }
  }
}
