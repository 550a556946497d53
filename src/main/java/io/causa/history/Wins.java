package io.causa.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which writes won over which: a node that has applied two versions of a key shows the one with the
 * higher timestamp. So a read that shows one of them, where both had been applied, says that the
 * other one lost.
 *
 * <p>A node has applied what is in the reader's causal past, what it has shown before, and, when
 * all has settled, what any node that never lost its memory had shown. A win over what happened
 * before the winner says nothing new; a win over what happened after it is a stale read, which
 * other checks report. Both are left out.
 */
final class Wins {
  private final Causality causality;
  private final ReadsFrom readsFrom;
  private final NodeViews views;
  private final Past settled;

  /** For each loser its winners, each with a read that says so. */
  private final Map<Integer, Map<Integer, Integer>> winners = new LinkedHashMap<>();

  Wins(Causality causality) {
    this.causality = causality;
    readsFrom = new ReadsFrom(causality);
    views = new NodeViews(causality);
    settled = KeptWrites.ofSurvivors(causality);
    for (int event = 0; event < causality.events().size(); event++) {
      if (causality.event(event).showed()) {
        collect(event);
      }
    }
  }

  /** The writes that lost to another one. */
  Set<Integer> losers() {
    return winners.keySet();
  }

  /** The writes that won over this one. */
  Set<Integer> over(int loser) {
    return winners.getOrDefault(loser, Map.of()).keySet();
  }

  /** Whether some read says that the one lost to the other. */
  boolean isWin(int loser, int winner) {
    return over(loser).contains(winner);
  }

  /** A read that says so. */
  HistoryEvent witness(int loser, int winner) {
    return causality.event(winners.get(loser).get(winner));
  }

  private void collect(int read) {
    List<Access> accesses = causality.event(read).accesses();
    Past applied = applied(read);
    for (int i = 0; i < accesses.size(); i++) {
      int winner = readsFrom.source(read, i);
      if (Sources.isKnown(winner)) {
        for (int loser : causality.writesOf(accesses.get(i).key()).lastIn(applied)) {
          add(loser, winner, read);
        }
      }
    }
  }

  private Past applied(int read) {
    Past applied = causality.past(read).join(views.before(read));
    boolean isFinal = causality.event(read).operation() == Operation.FINAL;
    return isFinal ? applied.join(settled) : applied;
  }

  private void add(int loser, int winner, int witness) {
    if (loser != winner
        && !causality.precedes(loser, winner)
        && !causality.precedes(winner, loser)) {
      winners.computeIfAbsent(loser, x -> new LinkedHashMap<>()).putIfAbsent(winner, witness);
    }
  }
}
