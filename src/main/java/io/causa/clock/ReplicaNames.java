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
 * How people write replicas: the bare name while only one generation of it is known and not
 * retired, else {@code name.generation}.
 *
 * <p>Immutable; made anew whenever a replica is met for the first time.
 */
public final class ReplicaNames {

  private final Map<String, SortedSet<Replica>> generations = new TreeMap<>();
  private final Map<String, SortedSet<Replica>> unretired = new TreeMap<>();

  public ReplicaNames(Collection<Replica> known) {
    this(known, replica -> false);
  }

  /**
   * @param retired whose names are free for the others; it is asked now and not later
   */
  public ReplicaNames(Collection<Replica> known, Predicate<Replica> retired) {
    for (Replica replica : known) {
      generations.computeIfAbsent(replica.name(), name -> new TreeSet<>()).add(replica);
      if (!retired.test(replica)) {
        unretired.computeIfAbsent(replica.name(), name -> new TreeSet<>()).add(replica);
      }
    }
  }

  /** Whether this replica is among the known ones. */
  public boolean knows(Replica replica) {
    return generations.getOrDefault(replica.name(), Collections.emptySortedSet()).contains(replica);
  }

  /** The shortest unambiguous form. */
  public String print(Replica replica) {
    SortedSet<Replica> same = unretired.get(replica.name());
    boolean alone =
        same == null
            ? !generations.containsKey(replica.name())
            : same.size() == 1 && same.contains(replica);
    return alone ? replica.name() : replica.toString();
  }

  public String print(Dot dot) {
    return print(dot.replica()) + ":" + dot.sequence();
  }

  /**
   * The known replica that the text means; a bare name means its latest generation. Empty if nobody
   * here knows it. {@code name~generation}, as earlier versions wrote it, is understood as well.
   */
  public Optional<Replica> parse(String text) {
    SortedSet<Replica> named = unretired.getOrDefault(text, generations.get(text));
    if (named != null) {
      return Optional.of(named.last());
    }
    String full = Replica.modernized(text);
    return generations.values().stream()
        .flatMap(SortedSet::stream)
        .filter(replica -> replica.toString().equals(full))
        .findFirst();
  }
}
