package io.causa.clock;

import java.util.Comparator;
import java.util.Objects;

/**
 * Names one write, forever: the replica that stamped it and its position among that replica's
 * writes.
 *
 * <p>The name is from Preguiça, Baquero et al., "Dotted Version Vectors" (2010).
 *
 * @param replica the origin of the write
 * @param sequence counted 1, 2, 3 … by the origin, without gaps
 */
public record Dot(Replica replica, long sequence) implements Comparable<Dot> {

  /**
   * The last sequence that a write may have: 2^53 - 1, for the reasons of {@link
   * LamportTimestamp#MAX_TIME}. So the sequence that follows any claimed one is still a number.
   */
  public static final long MAX_SEQUENCE = (1L << 53) - 1;

  private static final Comparator<Dot> ORDER =
      Comparator.comparing(Dot::replica).thenComparingLong(Dot::sequence);

  public Dot {
    Objects.requireNonNull(replica, "replica");
    if (sequence < 1) {
      throw new IllegalArgumentException("a sequence starts at 1, not " + sequence);
    }
  }

  /**
   * Returns the entry of a vector that says: all writes of the name's generations before this one.
   *
   * @param generation at least 1
   */
  public static Dot ofBase(String name, long generation) {
    return new Dot(Replica.baseOf(name), generation);
  }

  /** Whether this names no write, but is the entry of a base: its sequence is a generation. */
  public boolean isBase() {
    return replica.isBase();
  }

  /** The write of the same replica that follows this one. */
  public Dot next() {
    return new Dot(replica, sequence + 1);
  }

  @Override
  public int compareTo(Dot other) {
    return ORDER.compare(this, other);
  }

  /** The full form: {@code name.generation:sequence}; of a base {@code name<generation}. */
  @Override
  public String toString() {
    return isBase()
        ? replica.name() + "<" + Replica.printGeneration(sequence)
        : replica + ":" + sequence;
  }
}
