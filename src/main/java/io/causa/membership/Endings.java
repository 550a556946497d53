package io.causa.membership;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Where the histories of former generations end: the last write of each, and for each name the
 * generation before which <em>all</em> have ended. One of those that is not listed has no writes.
 *
 * <p>Endings form a lattice under {@link #join}; of two last writes the later one counts.
 *
 * <p>The listed generations before that of their name are the <em>table</em>. A message may leave
 * out what its receiver has of it; {@link #from} says where its table begins.
 *
 * <p>Immutable. Bound: {@link #MOST_LISTED} generations in all rosters that a node takes in.
 */
public final class Endings {

  /** Nothing has ended. */
  public static final Endings NONE =
      new Endings(
          Collections.emptyNavigableMap(),
          Collections.emptyNavigableMap(),
          Collections.emptySortedMap(),
          Collections.emptySortedMap());

  /** The most generations that may be listed; no further ones are retired then. */
  public static final int MOST_LISTED = 65_536;

  private final NavigableMap<Replica, Long> open;
  private final NavigableMap<Replica, Long> table;
  private final SortedMap<String, Long> below;
  private final SortedMap<String, Long> from;

  private Endings(
      NavigableMap<Replica, Long> open,
      NavigableMap<Replica, Long> table,
      SortedMap<String, Long> below,
      SortedMap<String, Long> from) {
    this.open = open;
    this.table = table;
    this.below = below;
    this.from = from;
  }

  /**
   * The endings with these last writes.
   *
   * @param below for each name the generation before which all have ended
   * @param from for each name the generation from which on the table is complete
   */
  public static Endings of(Collection<Dot> last, Map<String, Long> below, Map<String, Long> from) {
    TreeMap<Replica, Long> listed = new TreeMap<>();
    last.forEach(end -> listed.merge(end.replica(), end.sequence(), Math::max));
    TreeMap<String, Long> begins = new TreeMap<>(from);
    begins.keySet().retainAll(below.keySet());
    return sorted(listed, new TreeMap<>(below), begins);
  }

  /** The endings with these last writes, each of a generation by itself. */
  public static Endings of(Dot... last) {
    return of(List.of(last), Map.of(), Map.of());
  }

  private static Endings sorted(
      NavigableMap<Replica, Long> listed,
      SortedMap<String, Long> below,
      SortedMap<String, Long> from) {
    TreeMap<Replica, Long> open = new TreeMap<>();
    TreeMap<Replica, Long> table = new TreeMap<>();
    listed.forEach((replica, last) -> (isBelow(replica, below) ? table : open).put(replica, last));
    return new Endings(open, table, below, from);
  }

  private static boolean isBelow(Replica replica, Map<String, Long> below) {
    return replica.generation() < below.getOrDefault(replica.name(), 0L);
  }

  /** Whether the generation has ended. */
  public boolean includes(Replica replica) {
    return isBelow(replica) || open.containsKey(replica);
  }

  /** Whether all generations of the name up to this one have ended. */
  public boolean isBelow(Replica replica) {
    return isBelow(replica, below);
  }

  /** The last write of a generation that has ended; 0 if it has none. */
  public long last(Replica replica) {
    return (isBelow(replica) ? table : open).getOrDefault(replica, 0L);
  }

  /** The generation of the name before which all have ended; 0 if that is not known of any. */
  public long below(String name) {
    return below.getOrDefault(name, 0L);
  }

  /** For each name the generation before which all have ended. */
  public SortedMap<String, Long> below() {
    return Collections.unmodifiableSortedMap(below);
  }

  /** The generation from which on this says all of the name's table; 0 if all of it. */
  public long from(String name) {
    return from.getOrDefault(name, 0L);
  }

  /** What {@link #below()} says, as a vector whose bases these are. */
  public VersionVector bases() {
    return VersionVector.of(
        below.entrySet().stream().map(e -> Dot.ofBase(e.getKey(), e.getValue())).toList());
  }

  /** The last writes of the listed generations that have ended by themselves, by generation. */
  public Collection<Dot> open() {
    return dots(open);
  }

  /** The last writes of all listed generations. */
  public Collection<Dot> listed() {
    List<Dot> all = dots(open);
    all.addAll(dots(table));
    return all;
  }

  /** The listed last writes of the name, of the generations from one on and before another. */
  public Collection<Dot> table(String name, long first, long end) {
    return dots(range(table, name, first, end));
  }

  /** The latest generation of the name's table; empty if there is none. */
  public Optional<Replica> latest(String name) {
    Replica before = table.lowerKey(new Replica(name, Replica.MAX_GENERATION));
    return Optional.ofNullable(before).filter(replica -> replica.name().equals(name));
  }

  /** How many generations are listed. */
  public int size() {
    return open.size() + table.size();
  }

  private static List<Dot> dots(Map<Replica, Long> last) {
    List<Dot> dots = new ArrayList<>(last.size());
    last.forEach((replica, sequence) -> dots.add(new Dot(replica, sequence)));
    return dots;
  }

  private static NavigableMap<Replica, Long> range(
      NavigableMap<Replica, Long> all, String name, long first, long end) {
    return first >= end
        ? Collections.emptyNavigableMap()
        : all.subMap(new Replica(name, first), true, new Replica(name, end), false);
  }

  public boolean isEmpty() {
    return open.isEmpty() && below.isEmpty();
  }

  /**
   * What both say. Of a name whose table begins too late in the other one, nothing is taken that
   * depends on the part that is lacking: it comes again.
   */
  public Endings join(Endings other) {
    TreeMap<String, Long> reached = new TreeMap<>(below);
    other.below.forEach(
        (name, end) -> {
          if (takes(name, other)) {
            reached.merge(name, end, Math::max);
          }
        });
    TreeMap<Replica, Long> more = new TreeMap<>();
    other.open.forEach((replica, last) -> note(replica, last, more));
    other.table.forEach(
        (replica, last) -> {
          if (isBelow(replica, reached)) {
            note(replica, last, more);
          }
        });
    if (more.isEmpty() && reached.equals(below)) {
      return this;
    }
    TreeMap<Replica, Long> all = new TreeMap<>(open);
    all.putAll(table);
    more.forEach((replica, last) -> all.merge(replica, last, Math::max));
    return sorted(all, reached, from);
  }

  /** Whether the other one tells all of the name that is not known here. */
  public boolean takes(String name, Endings other) {
    return other.from(name) <= below(name);
  }

  /** The same of those names only that are chosen. */
  Endings of(Predicate<String> names) {
    boolean all =
        open.keySet().stream().map(Replica::name).allMatch(names)
            && below.keySet().stream().allMatch(names);
    if (all) {
      return this;
    }
    TreeMap<Replica, Long> listed = new TreeMap<>(open);
    listed.putAll(table);
    listed.keySet().removeIf(replica -> !names.test(replica.name()));
    TreeMap<String, Long> reached = new TreeMap<>(below);
    reached.keySet().removeIf(names.negate());
    return sorted(listed, reached, from);
  }

  private void note(Replica replica, long last, Map<Replica, Long> later) {
    if (last > open.getOrDefault(replica, table.getOrDefault(replica, 0L))) {
      later.put(replica, last);
    }
  }

  /** The same without what those bounds say already. */
  public Endings without(SortedMap<String, Long> bounds) {
    if (bounds.isEmpty()) {
      return this;
    }
    if (open.keySet().stream().noneMatch(r -> isBelow(r, bounds))
        && table.keySet().stream().noneMatch(r -> isBelow(r, bounds))
        && below.entrySet().stream()
            .noneMatch(e -> e.getValue() <= bounds.getOrDefault(e.getKey(), 0L))) {
      return this;
    }
    TreeMap<Replica, Long> listed = new TreeMap<>(open);
    listed.putAll(table);
    listed.keySet().removeIf(replica -> isBelow(replica, bounds));
    TreeMap<String, Long> reached = new TreeMap<>(below);
    reached.entrySet().removeIf(e -> e.getValue() <= bounds.getOrDefault(e.getKey(), 0L));
    return sorted(listed, reached, from);
  }

  /** What to tell to somebody who knows the table up to these bounds. */
  public Endings behind(SortedMap<String, Long> bounds) {
    TreeMap<Replica, Long> told = new TreeMap<>();
    TreeMap<String, Long> begins = new TreeMap<>();
    below.forEach(
        (name, end) -> {
          long first = Math.min(end, bounds.getOrDefault(name, 0L));
          told.putAll(range(table, name, first, end));
          if (first > 0) {
            begins.put(name, first);
          }
        });
    return new Endings(open, told, below, begins);
  }

  /** Whether both say the same, whatever they tell of their tables: those are the same then. */
  boolean agrees(Endings other) {
    return open.equals(other.open) && below.equals(other.below);
  }

  @Override
  public boolean equals(Object object) {
    return this == object
        || (object instanceof Endings other
            && agrees(other)
            && table.equals(other.table)
            && from.equals(other.from));
  }

  @Override
  public int hashCode() {
    return Objects.hash(open, below);
  }

  @Override
  public String toString() {
    return open + (below.isEmpty() ? "" : " below " + below);
  }
}
