package io.causa.torture;

import io.causa.history.HistoryEvent;
import io.causa.history.Outcome;
import java.util.List;

/**
 * Acknowledged writes that no node has in the end, found by their versions. Reads at the end show
 * the last version of a key only; whatever was overwritten could be lost without a trace in them.
 *
 * @param wrong how many of them should have survived
 * @param example one of these; null if there is none
 * @param byDesign how many were with nobody but nodes that lost their memory
 */
record Losses(long wrong, HistoryEvent example, long byDesign) {

  /**
   * @param clock what the nodes agree on in the end
   * @param survivors the labels of the nodes in the end
   */
  static Losses of(
      List<HistoryEvent> history, Clock clock, List<String> survivors, boolean durable) {
    List<HistoryEvent> lost = history.stream().filter(event -> isLost(event, clock)).toList();
    List<HistoryEvent> wrong =
        lost.stream().filter(event -> durable || mustSurvive(event, survivors)).toList();
    HistoryEvent example = wrong.isEmpty() ? null : wrong.get(0);
    return new Losses(wrong.size(), example, lost.size() - wrong.size());
  }

  private static boolean isLost(HistoryEvent event, Clock clock) {
    String version = event.accesses().get(0).version();
    if (!event.operation().writes() || event.outcome() != Outcome.OK || version == null) {
      return false;
    }
    int colon = version.lastIndexOf(':');
    return clock.of(version.substring(0, colon)) < Long.parseLong(version.substring(colon + 1));
  }

  private static boolean mustSurvive(HistoryEvent event, List<String> survivors) {
    return survivors.contains(event.node()) || event.acks() != null && event.acks() > 0;
  }
}
