package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Endings;
import io.causa.membership.Retirement;
import io.causa.simulation.check.Name;
import io.causa.simulation.check.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each node has told to have ended: so that the observers can hold a base, one entry for many
 * generations, against what directories really have of each of them.
 *
 * <p>A cluster in memory of which all nodes were lost begins anew, and may tell something else.
 */
final class EndedGenerations {

  private final Map<String, Endings> byReplica = new HashMap<>();
  private final List<Endings> told = new ArrayList<>();

  /** The node knows that these have ended. */
  void note(Replica replica, Endings ended) {
    if (!ended.equals(byReplica.put(replica.toString(), ended)) && !told.contains(ended)) {
      told.add(ended);
    }
  }

  /** What the node knew is gone with its directory. */
  void lost(Replica replica) {
    byReplica.remove(replica.toString());
  }

  /** Whether some node waits for the write no more: it may take no part anywhere. */
  boolean isGivenUp(Name name) {
    Dot dot = new Dot(Replica.parse(name.origin()), name.sequence());
    return byReplica.values().stream().anyMatch(ended -> Retirement.of(ended).excludes(dot));
  }

  /**
   * For each origin how many of its writes a vector of that node includes, also those before a
   * base.
   */
  Map<String, Long> counts(String replica, VersionVector vector) {
    Map<String, Long> counts = new HashMap<>();
    for (Dot last : vector) {
      counts.put(last.replica().toString(), last.sequence());
    }
    for (Dot base : vector.bases()) {
      for (Dot last : before(replica, base)) {
        counts.put(last.replica().toString(), last.sequence());
      }
    }
    return counts;
  }

  /** A snapshot may bring a base before the node has heard of it. */
  private Iterable<Dot> before(String replica, Dot base) {
    String name = base.replica().name();
    Endings own = byReplica.getOrDefault(replica, Endings.NONE);
    for (int i = told.size(); i >= 0; i--) {
      Endings ended = i == told.size() ? own : told.get(i);
      if (ended.below(name) >= base.sequence()) {
        return ended.table(name, 1, base.sequence());
      }
    }
    throw new Verdict("base", replica + " has the base " + base + ", and nobody told of it");
  }
}
