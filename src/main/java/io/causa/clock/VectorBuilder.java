package io.causa.clock;

import java.util.Arrays;

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
