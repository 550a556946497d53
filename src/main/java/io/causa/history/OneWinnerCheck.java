package io.causa.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Of two versions of a key, the same one wins for everybody. A read that has version v in its past
 * and returns w says that w won over v; all such statements about a key must fit into one order
 * (the conflict order of causal convergence in Bouajjani et al., POPL 2017).
 */
final class OneWinnerCheck implements Check {
  /** For each version, the versions that won over it, each with an event that says so. */
  private static final class Wins {
    final Map<Integer, Map<Integer, Integer>> winners = new LinkedHashMap<>();

    void add(int loser, int winner, int witness) {
      winners.computeIfAbsent(loser, x -> new LinkedHashMap<>()).putIfAbsent(winner, witness);
    }
  }

  @Override
  public List<Violation> check(Causality causality) {
    Map<String, Wins> byKey = new LinkedHashMap<>();
    for (int i = 0; i < causality.events().size(); i++) {
      collect(causality, i, byKey);
    }
    List<Violation> violations = new ArrayList<>();
    byKey.forEach((key, wins) -> new Circle(wins).find(causality, key, violations));
    return violations;
  }

  private static void collect(Causality causality, int event, Map<String, Wins> byKey) {
    List<Access> accesses = causality.event(event).accesses();
    int[] sources = causality.sourcesOf(event);
    for (int i = 0; i < sources.length; i++) {
      if (sources[i] != Sources.UNKNOWN) {
        String key = accesses.get(i).key();
        Wins wins = byKey.computeIfAbsent(key, x -> new Wins());
        for (int loser : causality.writesOf(key).lastIn(causality.past(event))) {
          addUnlessSame(wins, loser, sources[i], event);
        }
      }
    }
  }

  private static void addUnlessSame(Wins wins, int loser, int winner, int witness) {
    if (loser != winner) {
      wins.add(loser, winner, witness);
    }
  }

  /** Depth-first search with an explicit stack; one circle a key is enough to tell. */
  private static final class Circle {
    private enum Colour {
      ON_PATH,
      DONE
    }

    private record Turn(int version, Deque<Integer> open) {}

    private final Wins wins;
    private final Map<Integer, Colour> colours = new HashMap<>();
    private final Deque<Turn> path = new ArrayDeque<>();

    Circle(Wins wins) {
      this.wins = wins;
    }

    void find(Causality causality, String key, List<Violation> violations) {
      for (int start : wins.winners.keySet()) {
        int closing = colours.containsKey(start) ? -1 : search(start);
        if (closing >= 0) {
          violations.add(violation(causality, key, closing));
          return;
        }
      }
    }

    /**
     * Returns the version from which a circle closes, -1 if there is none; the path then ends with
     * the other end.
     */
    private int search(int start) {
      enter(start);
      while (!path.isEmpty()) {
        Turn turn = path.peek();
        if (turn.open().isEmpty()) {
          colours.put(path.pop().version(), Colour.DONE);
          continue;
        }
        int next = turn.open().remove();
        if (colours.get(next) == Colour.ON_PATH) {
          return next;
        }
        if (!colours.containsKey(next)) {
          enter(next);
        }
      }
      return -1;
    }

    private void enter(int version) {
      colours.put(version, Colour.ON_PATH);
      path.push(new Turn(version, new ArrayDeque<>(next(version).keySet())));
    }

    private Map<Integer, Integer> next(int version) {
      return wins.winners.getOrDefault(version, Map.of());
    }

    private Violation violation(Causality causality, String key, int closing) {
      int last = path.peek().version();
      int second = last;
      for (Turn turn : path) {
        if (turn.version() == closing) {
          break;
        }
        second = turn.version();
      }
      return new Violation(
          "one-winner",
          "versions of " + key + " won over each other in a circle: these reads disagree",
          causality.event(next(closing).get(second)),
          causality.event(next(last).get(closing)));
    }
  }
}
