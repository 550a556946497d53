package io.causa.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Puts causes before effects (Kahn 1962). What lies on a circle, or behind one, is left out. */
final class TopologicalOrder {
  private final List<List<Integer>> effects = new ArrayList<>();
  private final int[] open;
  private final List<Integer> order = new ArrayList<>();

  private TopologicalOrder(List<List<Integer>> causes) {
    open = new int[causes.size()];
    causes.forEach(x -> effects.add(new ArrayList<>(2)));
    for (int i = 0; i < open.length; i++) {
      open[i] = causes.get(i).size();
      for (int cause : causes.get(i)) {
        effects.get(cause).add(i);
      }
    }
  }

  /**
   * @param causes for each element, which ones must come before it
   */
  static List<Integer> of(List<List<Integer>> causes) {
    return new TopologicalOrder(causes).run();
  }

  private List<Integer> run() {
    Deque<Integer> ready = new ArrayDeque<>();
    for (int i = 0; i < open.length; i++) {
      if (open[i] == 0) {
        ready.add(i);
      }
    }
    while (!ready.isEmpty()) {
      int next = ready.remove();
      order.add(next);
      effects.get(next).stream().filter(effect -> --open[effect] == 0).forEach(ready::add);
    }
    return order;
  }
}
