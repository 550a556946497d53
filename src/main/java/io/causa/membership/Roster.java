package io.causa.membership;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
 * <p>It also says which former generations are to end, and which have ended at all members. What
 * has ended before the {@link Endings#below bound} of its name is final: it is not compared, and
 * {@link #behind} leaves it out of messages to those who know it.
 *
 * <p>Immutable. Bound: one entry for each name that an operator ever gave to a node, and one for
 * each generation that ended.
 */
public final class Roster {

  /** Nobody was heard of. */
  public static final Roster EMPTY =
      new Roster(Collections.emptySortedMap(), Endings.NONE, Endings.NONE);

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
  private final Endings ordered;
  private final Endings ended;

  private Roster(SortedMap<String, Entry> entries, Endings ordered, Endings ended) {
    this.entries = entries;
    this.ordered = ordered.without(ended.below());
    this.ended = ended;
  }

  /** The roster that knows all of these; of several entries with one name the latest counts. */
  public static Roster of(Collection<Entry> entries) {
    SortedMap<String, Entry> latest = new TreeMap<>();
    entries.forEach(entry -> latest.merge(entry.replica().name(), entry, Entry::join));
    return new Roster(latest, Endings.NONE, Endings.NONE);
  }

  /** The roster that knows all of these, and what has ended and is to end. */
  public static Roster of(Collection<Entry> entries, Endings ordered, Endings ended) {
    return new Roster(of(entries).entries, ordered, ended);
  }

  /**
   * The least roster that knows what both know. Of the bounds of a name nothing is taken over as
   * long as a part of its table is lacking, and no order either: its bound speaks of that part,
   * too, and would say that there are no writes in it.
   */
  public Roster join(Roster other) {
    if (other.equals(EMPTY) || equals(other)) {
      return this;
    }
    SortedMap<String, Entry> joined = new TreeMap<>(entries);
    other.entries.forEach((name, entry) -> joined.merge(name, entry, Entry::join));
    Endings orders = other.ordered.of(name -> ended.takes(name, other.ended));
    return new Roster(joined, ordered.join(orders), ended.join(other.ended));
  }

  /** This roster with the replica as the member of its name, whoever was that before. */
  public Roster declare(Replica replica) {
    long known = find(replica.name()).map(Entry::term).orElse(0L);
    long later = Math.min(known + 1, Replica.MAX_GENERATION);
    long term = Math.max(later, replica.generation());
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

  /** This roster with the order that these generations end there, or with later writes. */
  public Roster retire(Endings order) {
    return new Roster(entries, ordered.join(order), ended);
  }

  /** This roster with the knowledge that these generations end there at every member. */
  public Roster end(Endings fact) {
    return new Roster(entries, ordered, ended.join(fact));
  }

  /**
   * This roster without the claim that a generation, which is to end, ends before what this vector
   * has of it. What is final stays.
   */
  public Roster withAtLeast(VersionVector applied) {
    List<Dot> later = new ArrayList<>();
    for (Dot here : applied) {
      boolean open = ordered.includes(here.replica()) && !ended.isBelow(here.replica());
      if (open && here.sequence() > ordered.last(here.replica())) {
        later.add(here);
      }
    }
    return later.isEmpty() ? this : retire(Endings.of(later, Map.of(), Map.of()));
  }

  /** The generations that are to end, as far as that is not final. */
  public Endings ordered() {
    return ordered;
  }

  /** The generations of which no member has or will take in writes behind the last one. */
  public Endings ended() {
    return ended;
  }

  /** All generations that have ended or are to end. */
  public Retirement retirement() {
    return new Retirement(ended, ordered);
  }

  /** Whether whole ranges of generations have ended, or are to end. */
  public boolean hasBounds() {
    return !ended.below().isEmpty() || !ordered.below().isEmpty();
  }

  /** The least generation that may take the name: all before it have ended, or are to end. */
  public long leastGeneration(String name) {
    return Math.max(ended.below(name), ordered.below(name));
  }

  /** Whether the generation ends with this write, or a later one. */
  public boolean retires(Dot last) {
    Retirement retirement = retirement();
    return retirement.includes(last.replica())
        && retirement.last(last.replica()) >= last.sequence();
  }

  /** This roster as it is told to somebody who has shown that one. */
  public Roster behind(Roster shown) {
    if (ended.below().isEmpty()) {
      return this;
    }
    return new Roster(entries, ordered, ended.behind(shown.ended.below()));
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
    return this == object
        || (object instanceof Roster other
            && entries.equals(other.entries)
            && ordered.equals(other.ordered)
            && ended.agrees(other.ended));
  }

  @Override
  public int hashCode() {
    return Objects.hash(entries, ordered, ended);
  }

  @Override
  public String toString() {
    List<String> told =
        entries.values().stream()
            .map(entry -> entry.replica() + (entry.status() == Status.MEMBER ? "" : " forgotten"))
            .toList();
    return told
        + (ordered.isEmpty() ? "" : " to end " + ordered)
        + (ended.isEmpty() ? "" : " ended " + ended);
  }
}
