package io.causa.clock;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;

/**
 * For each replica the highest n such that <em>all</em> of that replica's writes 1..n are included.
 *
 * <p>Vectors form a lattice under {@link #join}: commutative, associative, idempotent. See Mattern,
 * "Virtual Time and Global States of Distributed Systems" (1989) and Parker et al., "Detection of
 * Mutual Inconsistency" (1983).
 *
 * <p>Immutable. Invariants: entries are sorted by replica, no replica twice, every sequence at
 * least 1. As zero entries are absent, equality is structural. Held as two sorted arrays, so every
 * operation is one pass over a handful of entries.
 */
public final class VersionVector implements Iterable<Dot> {

  public static final VersionVector EMPTY = new VersionVector(new Replica[0], new long[0]);

  private final Replica[] replicas;
  private final long[] sequences;

  private VersionVector(Replica[] replicas, long[] sequences) {
    this.replicas = replicas;
    this.sequences = sequences;
  }

  /**
   * The vector with these entries; zero entries are dropped.
   *
   * @throws IllegalArgumentException if a sequence is negative
   */
  public static VersionVector of(Map<Replica, Long> entries) {
    SortedMap<Replica, Long> sorted = new TreeMap<>(entries);
    Builder builder = new Builder(sorted.size());
    sorted.forEach(builder::add);
    return builder.build();
  }

  /** The vector whose entries are these dots, the highest for each replica. */
  public static VersionVector of(Collection<Dot> dots) {
    SortedMap<Replica, Long> highest = new TreeMap<>();
    dots.forEach(dot -> highest.merge(dot.replica(), dot.sequence(), Math::max));
    return of(highest);
  }

  public static VersionVector of(Dot... dots) {
    return of(Arrays.asList(dots));
  }

  /** The highest included sequence of that replica, 0 if none. */
  public long get(Replica replica) {
    int at = Arrays.binarySearch(replicas, replica);
    return at < 0 ? 0 : sequences[at];
  }

  /** Whether the write that this dot names is included. */
  public boolean covers(Dot dot) {
    return get(dot.replica()) >= dot.sequence();
  }

  /** Whether everything in the other vector is included here, too (this ≥ other). */
  public boolean covers(VersionVector other) {
    return firstMissing(other).isEmpty();
  }

  /** The first entry of the other vector, in the order of replicas, that is not included here. */
  public Optional<Dot> firstMissing(VersionVector other) {
    int mine = 0;
    for (int i = 0; i < other.replicas.length; i++) {
      while (mine < replicas.length && replicas[mine].compareTo(other.replicas[i]) < 0) {
        mine++;
      }
      boolean here = mine < replicas.length && replicas[mine].equals(other.replicas[i]);
      if (!here || sequences[mine] < other.sequences[i]) {
        return Optional.of(other.entry(i));
      }
    }
    return Optional.empty();
  }

  /**
   * How many writes of the other vector are not included here; {@link Long#MAX_VALUE} if a long
   * cannot count them.
   */
  public long countMissing(VersionVector other) {
    long missing = 0;
    for (Dot last : other) {
      missing += Math.max(0, last.sequence() - get(last.replica()));
      if (missing < 0) {
        return Long.MAX_VALUE;
      }
    }
    return missing;
  }

  /** The least vector that includes both: the entry-wise maximum. */
  public VersionVector join(VersionVector other) {
    if (other.isEmpty() || this == other) {
      return this;
    }
    return isEmpty() ? other : merge(other, Math::max);
  }

  /** The greatest vector that both include: the entry-wise minimum. */
  public VersionVector meet(VersionVector other) {
    return merge(other, Math::min);
  }

  /** This vector, with every write of the dot's replica up to the dot included as well. */
  public VersionVector with(Dot dot) {
    int at = Arrays.binarySearch(replicas, dot.replica());
    if (at < 0) {
      return join(new VersionVector(new Replica[] {dot.replica()}, new long[] {dot.sequence()}));
    }
    if (sequences[at] >= dot.sequence()) {
      return this;
    }
    long[] changed = sequences.clone();
    changed[at] = dot.sequence();
    return new VersionVector(replicas, changed);
  }

  /** This vector without the replica's entry. */
  public VersionVector without(Replica replica) {
    Builder builder = new Builder(size());
    for (Dot entry : this) {
      if (!entry.replica().equals(replica)) {
        builder.add(entry.replica(), entry.sequence());
      }
    }
    return builder.build();
  }

  /** How this vector stands to the other. */
  public CausalOrder compare(VersionVector other) {
    boolean above = covers(other);
    boolean below = other.covers(this);
    if (above) {
      return below ? CausalOrder.EQUAL : CausalOrder.AFTER;
    }
    return below ? CausalOrder.BEFORE : CausalOrder.CONCURRENT;
  }

  /** Whether both have entries of the same replicas; cheap if one was made from the other. */
  public boolean isOfSameReplicas(VersionVector other) {
    return replicas == other.replicas || Arrays.equals(replicas, other.replicas);
  }

  public boolean isEmpty() {
    return replicas.length == 0;
  }

  /** The number of replicas with at least one write included. */
  public int size() {
    return replicas.length;
  }

  /** The entries in the order of their replicas; each is the last included dot of its replica. */
  @Override
  public Iterator<Dot> iterator() {
    return new Iterator<>() {
      private int next;

      @Override
      public boolean hasNext() {
        return next < replicas.length;
      }

      @Override
      public Dot next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return entry(next++);
      }
    };
  }

  private Dot entry(int at) {
    return new Dot(replicas[at], sequences[at]);
  }

  private VersionVector merge(VersionVector other, LongBinaryOperator pick) {
    Builder builder = new Builder(size() + other.size());
    int i = 0;
    int j = 0;
    while (i < size() || j < other.size()) {
      int order = compareEntries(i, other, j);
      long left = order <= 0 ? sequences[i] : 0;
      long right = order >= 0 ? other.sequences[j] : 0;
      builder.add(order <= 0 ? replicas[i] : other.replicas[j], pick.applyAsLong(left, right));
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return builder.build();
  }

  private int compareEntries(int i, VersionVector other, int j) {
    if (i == size()) {
      return 1;
    }
    return j == other.size() ? -1 : replicas[i].compareTo(other.replicas[j]);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof VersionVector other
        && Arrays.equals(replicas, other.replicas)
        && Arrays.equals(sequences, other.sequences);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(replicas) + Arrays.hashCode(sequences);
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (Dot entry : this) {
      text.append(text.length() > 1 ? ", " : "")
          .append(entry.replica())
          .append('=')
          .append(entry.sequence());
    }
    return text.append('}').toString();
  }

  /** Collects entries that come in the order of replicas; drops zeros. */
  private static final class Builder {
    private final Replica[] replicas;
    private final long[] sequences;
    private int size;

    Builder(int capacity) {
      replicas = new Replica[capacity];
      sequences = new long[capacity];
    }

    void add(Replica replica, long sequence) {
      if (sequence < 0) {
        throw new IllegalArgumentException(
            "a sequence is not negative: " + replica + "=" + sequence);
      }
      if (sequence > 0) {
        replicas[size] = replica;
        sequences[size++] = sequence;
      }
    }

    VersionVector build() {
      return size == 0
          ? EMPTY
          : new VersionVector(Arrays.copyOf(replicas, size), Arrays.copyOf(sequences, size));
    }
  }
}
