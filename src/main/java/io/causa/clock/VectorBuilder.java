package io.causa.clock;

import java.util.Arrays;
import java.util.Collection;
import java.util.function.LongBinaryOperator;

/**
 * Collects the entries of a vector, which come in the order of replicas. Drops zeros, and what is
 * below the base of its name, so that equal vectors have equal entries.
 */
final class VectorBuilder {

  private final Replica[] replicas;
  private final long[] sequences;
  private int size;
  private String baseName = "";
  private long base;

  VectorBuilder(int capacity) {
    replicas = new Replica[capacity];
    sequences = new long[capacity];
  }

  /** Returns whether the dots are in the order of replicas, and no replica is named twice. */
  static boolean areAscending(Collection<Dot> dots) {
    Replica before = null;
    for (Dot dot : dots) {
      if (before != null && before.compareTo(dot.replica()) >= 0) {
        return false;
      }
      before = dot.replica();
    }
    return true;
  }

  /** Returns the vector of dots that are ascending. */
  static VersionVector of(Collection<Dot> ascending) {
    VectorBuilder builder = new VectorBuilder(ascending.size());
    for (Dot dot : ascending) {
      builder.add(dot.replica(), dot.sequence());
    }
    return builder.build();
  }

  /** The vector of what is picked from both for each replica that one of them has an entry of. */
  static VersionVector merge(
      VersionVector left,
      Replica[] ofLeft,
      VersionVector right,
      Replica[] ofRight,
      LongBinaryOperator pick) {
    VectorBuilder builder = new VectorBuilder(ofLeft.length + ofRight.length);
    int i = 0;
    int j = 0;
    while (i < ofLeft.length || j < ofRight.length) {
      int order = compare(ofLeft, i, ofRight, j);
      Replica next = order <= 0 ? ofLeft[i] : ofRight[j];
      builder.add(next, pick.applyAsLong(left.get(next), right.get(next)));
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return builder.build();
  }

  private static int compare(Replica[] left, int i, Replica[] right, int j) {
    if (i == left.length) {
      return 1;
    }
    return j == right.length ? -1 : left[i].compareTo(right[j]);
  }

  /**
   * Adds an entry behind all others.
   *
   * @throws IllegalArgumentException if the sequence is negative
   */
  VectorBuilder add(Replica replica, long sequence) {
    if (sequence < 0) {
      throw new IllegalArgumentException("a sequence is not negative: " + replica + "=" + sequence);
    }
    if (sequence == 0 || isBelowBase(replica)) {
      return this;
    }
    if (replica.isBase()) {
      baseName = replica.name();
      base = sequence;
    }
    replicas[size] = replica;
    sequences[size++] = sequence;
    return this;
  }

  private boolean isBelowBase(Replica replica) {
    return base > replica.generation() && !replica.isBase() && replica.name().equals(baseName);
  }

  VersionVector build() {
    return size == 0
        ? VersionVector.EMPTY
        : new VersionVector(Arrays.copyOf(replicas, size), Arrays.copyOf(sequences, size));
  }
}
