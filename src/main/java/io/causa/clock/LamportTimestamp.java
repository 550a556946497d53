package io.causa.clock;

import java.util.Comparator;
import java.util.Objects;

/**
 * A point in the total order of all writes: Lamport time, ties broken by replica.
 *
 * <p>The order extends causality: if write a happened before write b, then a's timestamp is lower.
 * It decides which of two concurrent writes to a key is visible (last writer wins). See Lamport,
 * "Time, Clocks, and the Ordering of Events in a Distributed System" (1978).
 *
 * @param time one more than any the origin had seen when it stamped the write; at least 1
 * @param replica the origin
 */
public record LamportTimestamp(long time, Replica replica) implements Comparable<LamportTimestamp> {

  private static final Comparator<LamportTimestamp> ORDER =
      Comparator.comparingLong(LamportTimestamp::time).thenComparing(LamportTimestamp::replica);

  public LamportTimestamp {
    Objects.requireNonNull(replica, "replica");
    if (time < 1) {
      throw new IllegalArgumentException("Lamport time starts at 1, not " + time);
    }
  }

  @Override
  public int compareTo(LamportTimestamp other) {
    return ORDER.compare(this, other);
  }
}
