package io.causa.clock;

import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How people write replicas: the bare name while only one generation of it is known, else {@code
 * name.generation}.
 *
 * <p>Clients carry on what was printed. So a bare name that could mean an earlier generation or a
 * later one means nothing, and a name that had two generations never becomes bare again.
 *
 * <p>Immutable; made anew whenever a replica is met for the first time.
 */
public final class ReplicaNames {

  private final Map<String, SortedSet<Replica>> generations = new TreeMap<>();
  private final Predicate<Replica> ended;

  public ReplicaNames(Collection<Replica> known) {
    this(known, replica -> false);
  }

  /**
   * @param ended generations that are understood by their full names, though they are not known one
   *     by one; gives the same answers for good
   */
  public ReplicaNames(Collection<Replica> known, Predicate<Replica> ended) {
    this.ended = ended;
    for (Replica replica : known) {
      generations.computeIfAbsent(replica.name(), name -> new TreeSet<>()).add(replica);
    }
  }

  /** Returns whether this replica is among the known ones. */
  public boolean knows(Replica replica) {
    return generations(replica.name()).contains(replica);
  }

  /** Returns the known generations of a name, the earliest first; empty if there is none. */
  public SortedSet<Replica> generations(String name) {
    return Collections.unmodifiableSortedSet(
        generations.getOrDefault(name, Collections.emptySortedSet()));
  }

  /** Returns the shortest unambiguous form. */
  public String print(Replica replica) {
    SortedSet<Replica> same = generations(replica.name());
    boolean alone =
        same.isEmpty() ? !ended.test(replica) : same.size() == 1 && same.contains(replica);
    return alone ? replica.name() : replica.toString();
  }

  /** The dot in its shortest form; of a base, which names no write, its full one. */
  public String print(Dot dot) {
    return dot.isBase() ? dot.toString() : print(dot.replica()) + ":" + dot.sequence();
  }

  /** Of those that have ended only the full names are understood; they are not listed here. */
  private Optional<Replica> parseRetired(String full) {
    return Replica.tryParse(full).filter(ended);
  }

  /**
   * Returns the known replica that the text means. Empty if no such replica is known, or if the
   * text is a bare name of several generations. {@code name~generation}, as earlier versions wrote
   * it, is understood as well.
   */
  public Optional<Replica> parse(String text) {
    SortedSet<Replica> named = generations(text);
    if (!named.isEmpty()) {
      return named.size() == 1 ? Optional.of(named.first()) : Optional.empty();
    }
    String full = Replica.modernized(text);
    return generations.values().stream()
        .flatMap(SortedSet::stream)
        .filter(replica -> replica.toString().equals(full))
        .findFirst()
        .or(() -> parseRetired(full));
  }
}
