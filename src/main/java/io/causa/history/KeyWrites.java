package io.causa.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;

/** The writes of one key, by chain. */
final class KeyWrites {
  /** Both lists run in parallel, in the order of the chain. */
  private static final class Chain {
    final int number;
    final List<Integer> positions = new ArrayList<>();
    final List<Integer> events = new ArrayList<>();

    Chain(int number) {
      this.number = number;
    }

    /** How many of them are among the first {@code count} writes of the chain. */
    int within(int count) {
      return firstNot(at -> positions.get(at) <= count);
    }

    /** For how many of them from the first on the condition holds. */
    int leading(IntPredicate condition) {
      return firstNot(at -> condition.test(events.get(at)));
    }

    private int firstNot(IntPredicate holdsAt) {
      int low = 0;
      int high = positions.size();
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (holdsAt.test(middle)) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }
  }

  static final KeyWrites NONE = new KeyWrites();

  private final Map<Integer, Chain> chains = new TreeMap<>();

  void add(int chain, int position, int event) {
    Chain writes = chains.computeIfAbsent(chain, Chain::new);
    writes.positions.add(position);
    writes.events.add(event);
  }

  /** Of each chain, its last write of this key that is in the past. */
  List<Integer> lastIn(Past past) {
    List<Integer> found = new ArrayList<>();
    for (Chain chain : chains.values()) {
      int within = chain.within(past.count(chain.number));
      if (within > 0) {
        found.add(chain.events.get(within - 1));
      }
    }
    return found;
  }

  /**
   * Of each chain, its last writes of this key for which the condition holds.
   *
   * @param most how many of each chain
   * @param condition if it holds for a write, it holds for those before it in the chain
   */
  List<Integer> lastWhere(int most, IntPredicate condition) {
    List<Integer> found = new ArrayList<>();
    for (Chain chain : chains.values()) {
      int within = chain.leading(condition);
      found.addAll(chain.events.subList(Math.max(0, within - most), within));
    }
    return found;
  }

  /**
   * The chain's last write of this key among its first {@code count} writes, -1 if there is none.
   */
  int lastOf(int chain, int count) {
    Chain writes = chains.get(chain);
    int within = writes == null ? 0 : writes.within(count);
    return within == 0 ? -1 : writes.events.get(within - 1);
  }

  Collection<Integer> chains() {
    return chains.keySet();
  }
}
