package io.causa.core;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Who belongs to the cluster: for each name the latest generation that was heard of, and whether it
 * is a member or was forgotten.
 *
 * <p>Rosters form a lattice under {@link #join}, so they may be exchanged in any order and as often
 * as one likes (Shapiro et al., "Conflict-free Replicated Data Types", 2011). For one name a later
 * generation outranks an earlier one, and of the same generation forgotten outranks member: a
 * forgotten generation never comes back, a later one of its name is welcome.
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
   * @param status what it is
   */
  public record Entry(Replica replica, Status status) {

    /** The later of two entries with one name. */
    Entry join(Entry other) {
      int order = Long.compare(replica.generation(), other.replica.generation());
      int rank = order != 0 ? order : status.compareTo(other.status);
      return rank >= 0 ? this : other;
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

  /** This roster with the replica as a member, unless it was forgotten or superseded. */
  public Roster withMember(Replica replica) {
    return with(new Entry(replica, Status.MEMBER));
  }

  /** This roster with the replica forgotten, unless a later generation of its name is known. */
  public Roster withForgotten(Replica replica) {
    return with(new Entry(replica, Status.FORGOTTEN));
  }

  /** This roster with every replica of the vector: whoever wrote is, or was, a member. */
  public Roster withOrigins(VersionVector vector) {
    Roster with = this;
    for (Dot last : vector) {
      with = with.withMember(last.replica());
    }
    return with;
  }

  private Roster with(Entry entry) {
    Entry known = entries.get(entry.replica().name());
    return known != null && known.join(entry).equals(known)
        ? this
        : join(of(Collections.singleton(entry)));
  }

  /** The members: of each name the latest generation, if it was not forgotten. */
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
    return new Entry(replica, Status.MEMBER).equals(entries.get(replica.name()));
  }

  /**
   * Whether the generation is known to be a member no more: it was forgotten, or a later one took
   * its name.
   */
  public boolean isFormer(Replica replica) {
    return entries.containsKey(replica.name()) && withMember(replica) == this && !isMember(replica);
  }

  /** The generations of the vector that are members no more. */
  public SortedSet<Replica> former(VersionVector vector) {
    SortedSet<Replica> former = new TreeSet<>();
    for (Dot last : vector) {
      if (isFormer(last.replica())) {
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
