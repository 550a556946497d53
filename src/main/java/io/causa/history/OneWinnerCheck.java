package io.causa.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Of two versions of a key, the one with the higher timestamp wins, for all observers. Timestamps
 * are one order of all writes, and they extend causality (Lamport 1978). So happened-before and all
 * {@link Wins}, of all keys together, have no cycle (the conflict order of causal convergence in
 * Bouajjani et al., POPL 2017, which looks at one key at a time).
 *
 * <p>The graph has a node for each event and an edge for each direct cause and each win.
 */
final class OneWinnerCheck implements Check {
  private static final int WINS_TRIED = 32;

  @Override
  public List<Violation> check(Causality causality) {
    Wins wins = new Wins(causality);
    Cycles cycles = new Cycles(graph(causality, wins));
    List<Violation> violations = new ArrayList<>();
    for (List<Integer> component : cycles.components()) {
      List<Integer> cycle = shortCycle(component, cycles, wins);
      if (!cycle.isEmpty()) {
        violations.add(violation(causality, new ArrayList<>(cycle), wins));
      }
    }
    return violations;
  }

  private static List<List<Integer>> graph(Causality causality, Wins wins) {
    List<List<Integer>> next = new ArrayList<>();
    causality.events().forEach(event -> next.add(new ArrayList<>(2)));
    for (int event = 0; event < next.size(); event++) {
      for (int cause : causality.causesOf(event)) {
        next.get(cause).add(event);
      }
    }
    wins.losers().forEach(loser -> next.get(loser).addAll(wins.over(loser)));
    return next;
  }

  /**
   * The shortest of some cycles, each from a loser to its winner and on. Empty if no win is on a
   * cycle: then causes and effects run in a circle by themselves, which another check reports.
   */
  private static List<Integer> shortCycle(List<Integer> component, Cycles cycles, Wins wins) {
    List<Integer> shortest = List.of();
    int tried = 0;
    for (int loser : component) {
      for (int winner : wins.over(loser)) {
        if (cycles.together(loser, winner) && tried++ < WINS_TRIED) {
          List<Integer> path = cycles.path(winner, loser);
          shortest = shortest.isEmpty() || path.size() < shortest.size() ? path : shortest;
        }
      }
    }
    return shortest;
  }

  private static Violation violation(Causality causality, List<Integer> cycle, Wins wins) {
    StringBuilder text =
        new StringBuilder("no order of the writes fits, as this one would come before itself:");
    List<HistoryEvent> witnesses = new ArrayList<>();
    Collections.rotate(cycle, -cycle.indexOf(Collections.min(cycle)));
    int from = cycle.get(0);
    cycle.add(from);
    text.append("\n    ").append(causality.event(from));
    for (int to : cycle.subList(1, cycle.size())) {
      boolean isWin = wins.isWin(from, to);
      text.append("\n      ")
          .append(isWin ? lost(wins.witness(from, to)) : came(causality, from, to));
      text.append("\n    ").append(causality.event(to));
      if (isWin) {
        witnesses.add(wins.witness(from, to));
      }
      from = to;
    }
    text.append("\n  The first and the last read that say which version won:");
    return new Violation(
        "one-winner", text.toString(), witnesses.get(0), witnesses.get(witnesses.size() - 1));
  }

  private static String lost(HistoryEvent witness) {
    return "lost to the next, where both were: [" + witness + "]";
  }

  private static String came(Causality causality, int cause, int effect) {
    HistoryEvent before = causality.event(cause);
    if (before.client().equals(causality.event(effect).client())) {
      return "and then the same client:";
    }
    return causality.answersBefore(effect).contains(cause)
        ? "handed its context to the next:"
        : "was read by the next:";
  }
}
