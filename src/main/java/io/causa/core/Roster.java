package io.causa.core;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who belongs to the cluster: for each name the generation that declared itself last, and whether
 * it is a member or was forgotten.
 *
 * <p>Rosters form a lattice under {@link #join}, so they may be exchanged in any order and as often
 * as one likes (Shapiro et al., "Conflict-free Replicated Data Types", 2011). Of two entries with
 * one name the later term wins, then the later generation, and of the same generation forgotten
 * outranks member: a forgotten generation never comes back, another one of its name is welcome. The
 * term is the generation itself, unless the wall clock that generations follow was set back: then
 * whoever declares itself takes one above all that it has heard of.
 *
 * <p>Immutable. Bound: one entry for each name that an operator ever gave to a node.
 */
public final class Roster {

  /** Nobody was heard of. */
  public static final Roster EMPTY = new Roster(Collections.emptySortedMap());

  /** What a generation is to the cluster; the later one outranks the earlier one. */
  public enum Status {
    /** It belongs to the cluster, whether it is heard or not. */
    MEMBER,
    /** It left for good. */
    FORGOTTEN
  }

  /**
   * The latest generation of one name.
   *
   * @param replica name and generation
   * @param term larger for whoever declared itself later; 0 if it is only known by its writes
   * @param status what it is
   */
  public record Entry(Replica replica, long term, Status status) {

    private static final Comparator<Entry> RANK =
        Comparator.comparingLong(Entry::term)
            .thenComparing(Entry::replica)
            .thenComparing(Entry::status);

    public Entry {
      Objects.requireNonNull(replica, "replica");
      Objects.requireNonNull(status, "status");
    }

    Entry join(Entry other) {
      return RANK.compare(this, other) >= 0 ? this : other;
    }
  }

  private final SortedMap<String, Entry> entries;

  private Roster(SortedMap<String, Entry> entries) {
    this.entries = entries;
  }

  /** The roster that knows all of these; of several entries with one name the latest counts. */
  public static Roster of(Collection<Entry> entries) {
    SortedMap<String, Entry> latest = new TreeMap<>();
    entries.forEach(entry -> latest.merge(entry.replica().name(), entry, Entry::join));
    return new Roster(latest);
  }

  /** The least roster that knows what both know. */
  public Roster join(Roster other) {
    if (other.entries.isEmpty() || equals(other)) {
      return this;
    }
    SortedMap<String, Entry> joined = new TreeMap<>(entries);
    other.entries.forEach((name, entry) -> joined.merge(name, entry, Entry::join));
    return new Roster(joined);
  }

  /** This roster with the replica as the member of its name, whoever was that before. */
  public Roster declare(Replica replica) {
    long known = find(replica.name()).map(Entry::term).orElse(0L);
    long term = Math.max(known + 1, replica.generation());
    return isMember(replica) && known > 0
        ? this
        : join(of(List.of(new Entry(replica, term, Status.MEMBER))));
  }

  /** This roster with the replica forgotten, if it is the latest of its name. */
  public Roster forget(Replica replica) {
    return isMember(replica)
        ? join(of(List.of(new Entry(replica, entry(replica).term(), Status.FORGOTTEN))))
        : this;
  }

  /** This roster with every origin of the vector whose name is unknown: whoever wrote is known. */
  public Roster withOrigins(VersionVector vector) {
    List<Entry> unknown = new ArrayList<>();
    for (Dot last : vector) {
      if (!entries.containsKey(last.replica().name())) {
        unknown.add(new Entry(last.replica(), 0, Status.MEMBER));
      }
    }
    return unknown.isEmpty() ? this : join(of(unknown));
  }

  /** The members, one for each name. */
  public SortedSet<Replica> members() {
    SortedSet<Replica> members = new TreeSet<>();
    for (Entry entry : entries.values()) {
      if (entry.status() == Status.MEMBER) {
        members.add(entry.replica());
      }
    }
    return members;
  }

  /** Whether exactly this generation is a member. */
  public boolean isMember(Replica replica) {
    Entry entry = entry(replica);
    return entry != null && entry.replica().equals(replica) && entry.status() == Status.MEMBER;
  }

  /**
   * The generations of the vector that are members no more: another one took their name, or they
   * were forgotten.
   */
  public SortedSet<Replica> former(VersionVector vector) {
    SortedSet<Replica> former = new TreeSet<>();
    for (Dot last : vector) {
      if (entries.containsKey(last.replica().name()) && !isMember(last.replica())) {
        former.add(last.replica());
      }
    }
    return former;
  }

  /** What is known of the name. */
  public Optional<Entry> find(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** The latest generation of each name, by name. */
  public Collection<Entry> entries() {
    return Collections.unmodifiableCollection(entries.values());
  }

  private Entry entry(Replica replica) {
    return entries.get(replica.name());
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Roster other && entries.equals(other.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.values().stream()
        .map(entry -> entry.replica() + (entry.status() == Status.MEMBER ? "" : " forgotten"))
        .toList()
        .toString();
  }
}
