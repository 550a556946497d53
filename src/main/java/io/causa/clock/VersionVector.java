package io.causa.clock;

import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.function.LongBinaryOperator;
import java.util.stream.IntStream;

/**
 * For each replica the highest n such that <em>all</em> of that replica's writes 1..n are included.
 *
 * <p>Vectors form a lattice under {@link #join}: commutative, associative, idempotent. See Mattern,
 * "Virtual Time and Global States of Distributed Systems" (1989) and Parker et al., "Detection of
 * Mutual Inconsistency" (1983).
 *
 * <p>A name may have a <em>base</em>, a generation: all generations of the name before it have
 * ended, and all of their writes that count are included. So one entry stands for all of them, and
 * a vector does not grow with each generation that ever wrote. Between vectors a base is compared,
 * joined and waited for like any entry: as one of a replica of its own, {@link Replica#baseOf},
 * whose sequence is the generation.
 *
 * <p>Immutable. Invariants: entries are sorted by replica, no replica twice, every sequence at
 * least 1, none of a generation before the base of its name. As zero entries are absent, equality
 * is structural. Held as two sorted arrays, so every operation is one pass over a handful of
 * entries.
 */
public final class VersionVector implements Iterable<Dot> {

  public static final VersionVector EMPTY = new VersionVector(new Replica[0], new long[0]);

  private static final int FEW = 8;

  private final Replica[] replicas;
  private final long[] sequences;

  VersionVector(Replica[] replicas, long[] sequences) {
    this.replicas = replicas;
    this.sequences = sequences;
  }

  /**
   * The vector with these entries, those of bases among them; zero entries are dropped.
   *
   * @throws IllegalArgumentException if a sequence is negative
   */
  public static VersionVector of(Map<Replica, Long> entries) {
    SortedMap<Replica, Long> sorted = new TreeMap<>(entries);
    VectorBuilder builder = new VectorBuilder(sorted.size());
    sorted.forEach(builder::add);
    return builder.build();
  }

  /** The vector whose entries are these dots, the highest for each replica. */
  public static VersionVector of(Collection<Dot> dots) {
    if (VectorBuilder.areAscending(dots)) {
      return VectorBuilder.of(dots);
    }
    SortedMap<Replica, Long> highest = new TreeMap<>();
    dots.forEach(dot -> highest.merge(dot.replica(), dot.sequence(), Math::max));
    return of(highest);
  }

  public static VersionVector of(Dot... dots) {
    return of(Arrays.asList(dots));
  }

  /**
   * The highest included sequence of that replica, 0 if none; {@link Dot#MAX_SEQUENCE} if its
   * generation is before the base of its name, as all its writes are included then.
   */
  public long get(Replica replica) {
    int at = find(replica);
    if (at >= 0) {
      return sequences[at];
    }
    return isBelowBase(replica, -at - 2) ? Dot.MAX_SEQUENCE : 0;
  }

  /** Returns as {@link Arrays#binarySearch}; among few it is mostly found as the very object. */
  private int find(Replica replica) {
    for (int i = 0; i < replicas.length && i < FEW; i++) {
      if (replicas[i] == replica) {
        return i;
      }
    }
    return Arrays.binarySearch(replicas, replica);
  }

  /** Whether the entry there, the last one before the replica's place, is a base above it. */
  private boolean isBelowBase(Replica replica, int before) {
    return before >= 0
        && replicas[before].isBase()
        && sequences[before] > replica.generation()
        && replicas[before].name().equals(replica.name());
  }

  /** The generation before which all of that name have ended and are included; 0 if none is. */
  public long base(String name) {
    return get(Replica.baseOf(name));
  }

  /** Whether the generation is before the base of its name. */
  public boolean isBelowBase(Replica replica) {
    return base(replica.name()) > replica.generation();
  }

  /** Whether the write that this dot names, or all that the base stands for, is included. */
  public boolean covers(Dot dot) {
    return get(dot.replica()) >= dot.sequence();
  }

  /** Whether everything in the other vector is included here, too (this ≥ other). */
  public boolean covers(VersionVector other) {
    return firstMissing(other).isEmpty();
  }

  /**
   * The first entry of the other vector, in the order of replicas, that is not included here;
   * possibly that of a base.
   */
  public Optional<Dot> firstMissing(VersionVector other) {
    if (replicas == other.replicas) {
      int missing = firstLess(sequences, other.sequences);
      return missing < 0 ? Optional.empty() : Optional.of(other.entry(missing));
    }
    int mine = 0;
    for (int i = 0; i < other.replicas.length; i++) {
      Replica replica = other.replicas[i];
      while (mine < replicas.length && replicas[mine].compareTo(replica) < 0) {
        mine++;
      }
      boolean here = mine < replicas.length && replicas[mine].equals(replica);
      if (here ? sequences[mine] < other.sequences[i] : !isBelowBase(replica, mine - 1)) {
        return Optional.of(other.entry(i));
      }
    }
    return Optional.empty();
  }

  private static int firstLess(long[] these, long[] those) {
    for (int i = 0; i < these.length; i++) {
      if (these[i] < those[i]) {
        return i;
      }
    }
    return -1;
  }

  /**
   * How many writes of the other vector are not included here; {@link Long#MAX_VALUE} if a long
   * cannot count them. A base that is not reached counts as one.
   */
  public long countMissing(VersionVector other) {
    long missing = 0;
    for (Dot last : other.entries()) {
      long more = Math.max(0, last.sequence() - get(last.replica()));
      missing += last.isBase() ? Math.min(1, more) : more;
      if (missing < 0) {
        return Long.MAX_VALUE;
      }
    }
    return missing;
  }

  /** The least vector that includes both: the entry-wise maximum. */
  public VersionVector join(VersionVector other) {
    if (this == other || covers(other)) {
      return this;
    }
    return other.covers(this) ? other : merge(other, Math::max);
  }

  /** The greatest vector that both include: the entry-wise minimum. */
  public VersionVector meet(VersionVector other) {
    return merge(other, Math::min);
  }

  /** This vector, with every write of the dot's replica up to the dot included as well. */
  public VersionVector with(Dot dot) {
    int at = find(dot.replica());
    if (at >= 0 ? sequences[at] >= dot.sequence() : covers(dot)) {
      return this;
    }
    if (at < 0 || dot.isBase()) {
      return join(new VersionVector(new Replica[] {dot.replica()}, new long[] {dot.sequence()}));
    }
    long[] changed = sequences.clone();
    changed[at] = dot.sequence();
    return new VersionVector(replicas, changed);
  }

  /** This vector without the replica's own entry; what is before a base stays included. */
  public VersionVector without(Replica replica) {
    int at = Arrays.binarySearch(replicas, replica);
    return at < 0 ? this : select(i -> i != at);
  }

  /**
   * This vector with those bases of the other one before which it has something: one entry then
   * stands for all of that.
   */
  public VersionVector compactedBy(VersionVector other) {
    VersionVector compacted = this;
    for (Dot base : other.bases()) {
      if (hasBefore(base) && !covers(base)) {
        compacted = compacted.with(base);
      }
    }
    return compacted;
  }

  private boolean hasBefore(Dot base) {
    int at = Arrays.binarySearch(replicas, base.replica());
    int first = at < 0 ? -at - 1 : at;
    return first < replicas.length
        && replicas[first].name().equals(base.replica().name())
        && replicas[first].generation() < base.sequence();
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

  /** The number of entries, those of bases included. */
  public int size() {
    return replicas.length;
  }

  /**
   * The last included dot of each replica that has writes and is not before a base, in the order of
   * replicas: names of writes only.
   */
  @Override
  public Iterator<Dot> iterator() {
    return new VectorEntries(replicas, sequences, false);
  }

  /** All entries in the order of their replicas, that of a base before those of its name. */
  public Iterable<Dot> entries() {
    return () -> new VectorEntries(replicas, sequences, true);
  }

  /** The entries of the bases, by name. */
  public List<Dot> bases() {
    if (!hasBases()) {
      return List.of();
    }
    return IntStream.range(0, replicas.length)
        .filter(i -> replicas[i].isBase())
        .mapToObj(this::entry)
        .toList();
  }

  /** Whether some name has a base. */
  public boolean hasBases() {
    for (Replica replica : replicas) {
      if (replica.isBase()) {
        return true;
      }
    }
    return false;
  }

  /** This vector's bases, and nothing else of it. */
  public VersionVector onlyBases() {
    return select(i -> replicas[i].isBase());
  }

  private VersionVector select(IntPredicate chosen) {
    VectorBuilder builder = new VectorBuilder(size());
    for (int i = 0; i < size(); i++) {
      builder.add(replicas[i], chosen.test(i) ? sequences[i] : 0);
    }
    return builder.build();
  }

  private Dot entry(int at) {
    return new Dot(replicas[at], sequences[at]);
  }

  private VersionVector merge(VersionVector other, LongBinaryOperator pick) {
    return VectorBuilder.merge(this, replicas, other, other.replicas, pick);
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

  /** Prints the entries; {@code a<7} says that all generations of a before 7 are included. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("{");
    for (Dot entry : entries()) {
      text.append(text.length() > 1 ? ", " : "").append(entry.isBase() ? entry : text(entry));
    }
    return text.append('}').toString();
  }

  private static String text(Dot entry) {
    return entry.replica() + "=" + entry.sequence();
  }
}
