package io.causa.torture;

import io.causa.client.Answer;
import io.causa.client.CausaClient;
import io.causa.history.HistoryEvent;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks how far the generations went that have left the clocks. Nodes that keep nothing on disk end
 * their own former generations, and a clock no longer names those. Blocks.
 */
final class EndedGenerations {

  private EndedGenerations() {}

  /**
   * Returns the clock, with the last writes of the generations that it no longer names.
   *
   * @param clock what the nodes agree on in the end
   * @param history names the generations that clients met
   * @param node any node: all know the same of what has ended
   */
  static Clock added(Clock clock, List<HistoryEvent> history, CausaClient node)
      throws InterruptedException {
    Map<String, Long> ends = new TreeMap<>();
    for (String replica : met(history)) {
      // To retire what has ended changes nothing, and is answered with its last write.
      if (clock.of(replica) == 0
          && Waiting.result(node.retire(replica)) instanceof Answer.Retired retired) {
        ends.put(replica, retired.last());
      }
    }
    return clock.join(new Clock(ends));
  }

  private static Set<String> met(List<HistoryEvent> history) {
    Set<String> met = new TreeSet<>();
    for (HistoryEvent event : history) {
      String version = event.accesses().isEmpty() ? null : event.accesses().get(0).version();
      if (event.operation().writes() && version != null) {
        met.add(version.substring(0, version.lastIndexOf(':')));
      }
    }
    return met;
  }
}
