package io.causa.history;

import java.util.Arrays;

/**
 * A set of writes that is closed under "earlier in the same chain": for each chain, how many of its
 * writes are in it.
 *
 * <p>Immutable; a join that adds nothing returns one of its operands, so that a long session of
 * reads shares one object.
 */
final class Past {
  static final Past NOTHING = new Past(new int[0], new int[0]);

  /** Chains in ascending order; {@code counts[i] >= 1} belongs to {@code chains[i]}. */
  private final int[] chains;

  private final int[] counts;

  private Past(int[] chains, int[] counts) {
    this.chains = chains;
    this.counts = counts;
  }

  static Past of(int chain, int count) {
    return new Past(new int[] {chain}, new int[] {count});
  }

  int count(int chain) {
    int at = Arrays.binarySearch(chains, chain);
    return at < 0 ? 0 : counts[at];
  }

  boolean covers(Past other) {
    if (other == this) {
      return true;
    }
    for (int i = 0; i < other.chains.length; i++) {
      if (count(other.chains[i]) < other.counts[i]) {
        return false;
      }
    }
    return true;
  }

  Past join(Past other) {
    if (covers(other)) {
      return this;
    }
    return other.covers(this) ? other : merge(other);
  }

  private Past merge(Past other) {
    int[] mergedChains = new int[chains.length + other.chains.length];
    int[] mergedCounts = new int[mergedChains.length];
    int size = 0;
    for (int i = 0, j = 0; i < chains.length || j < other.chains.length; size++) {
      int mine = i < chains.length ? chains[i] : Integer.MAX_VALUE;
      int theirs = j < other.chains.length ? other.chains[j] : Integer.MAX_VALUE;
      mergedChains[size] = Math.min(mine, theirs);
      int count = mine <= theirs ? counts[i++] : 0;
      mergedCounts[size] = theirs <= mine ? Math.max(count, other.counts[j++]) : count;
    }
    return new Past(Arrays.copyOf(mergedChains, size), Arrays.copyOf(mergedCounts, size));
  }
}
