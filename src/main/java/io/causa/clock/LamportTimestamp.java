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
 * @param time one more than any the origin had seen when it stamped the write; 1 to {@link
 *     #MAX_TIME}
 * @param replica the origin
 */
public record LamportTimestamp(long time, Replica replica) implements Comparable<LamportTimestamp> {

  /**
   * The latest time there is: 2^53 - 1. A later one is no time, wherever it comes from.
   *
   * <p>Whoever follows a time adds one to it, so a claimed time near the end of a long would break
   * the next local write of every replica that heard it. The bound is absolute: one relative to a
   * replica's own clock would let one replica take a write that another one refuses, and they would
   * never converge. At a million writes a second it is reached after 285 years. It is also the
   * largest integer that every JSON reader holds exactly (RFC 7493).
   */
  public static final long MAX_TIME = (1L << 53) - 1;

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
