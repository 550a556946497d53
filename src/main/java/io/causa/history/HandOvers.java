package io.causa.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which session goes on from where another one was: it carried a context that the other one had
 * been answered. An unanswered write is a session of its own, as its client's later requests do not
 * follow it; that session goes on from where its client was.
 */
final class HandOvers {
  private final Causality causality;
  private final List<List<Integer>> from;
  private final boolean[] handsOver;

  /** For each session, how far it follows each other one already. */
  private final Map<String, Map<String, Integer>> followed = new HashMap<>();

  /**
   * @param stands for each event whether it counts
   */
  HandOvers(Causality causality, boolean[] stands) {
    this.causality = causality;
    from = new ArrayList<>(Collections.nCopies(stands.length, List.of()));
    handsOver = new boolean[stands.length];
    for (int event = 0; event < stands.length; event++) {
      if (stands[event]) {
        link(event);
      }
    }
  }

  /** The answers of other sessions that the event goes on from. */
  List<Integer> to(int event) {
    return from.get(event);
  }

  /** Whether another session goes on from this answer. */
  boolean isFrom(int event) {
    return handsOver[event];
  }

  /** The session of an event. */
  String session(int event) {
    HistoryEvent it = causality.event(event);
    return it.outcome().known() ? it.client() : it.client() + "#" + event;
  }

  private void link(int event) {
    List<Integer> news = new ArrayList<>(1);
    for (int answer : causality.answersBefore(event)) {
      if (causality.event(answer).operation() != Operation.INITIAL && isNews(answer, event)) {
        news.add(answer);
        handsOver[answer] = true;
      }
    }
    from.set(event, news);
  }

  private boolean isNews(int answer, int event) {
    String session = session(event);
    String other = session(answer);
    if (session.equals(other)) {
      return false;
    }
    Map<String, Integer> known = followed.computeIfAbsent(session, x -> new HashMap<>());
    boolean isNews = known.getOrDefault(other, -1) < answer;
    known.merge(other, answer, Math::max);
    return isNews;
  }
}
