package io.causa.membership;

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
 * <p>It also says which former generations are retired, with which last write, and whether that is
 * so at all members; of two such numbers the larger counts.
 *
 * <p>Immutable. Bound: one entry for each name that an operator ever gave to a node, and one for
 * each generation that one retired.
 */
public final class Roster {

  /** Nobody was heard of. */
  public static final Roster EMPTY =
      new Roster(Collections.emptySortedMap(), VersionVector.EMPTY, VersionVector.EMPTY);

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
  private final VersionVector retired;
  private final VersionVector ended;

  private Roster(SortedMap<String, Entry> entries, VersionVector retired, VersionVector ended) {
    this.entries = entries;
    this.retired = retired;
    this.ended = ended;
  }

  /** The roster that knows all of these; of several entries with one name the latest counts. */
  public static Roster of(Collection<Entry> entries) {
    SortedMap<String, Entry> latest = new TreeMap<>();
    entries.forEach(entry -> latest.merge(entry.replica().name(), entry, Entry::join));
    return new Roster(latest, VersionVector.EMPTY, VersionVector.EMPTY);
  }

  /** The least roster that knows what both know. */
  public Roster join(Roster other) {
    if (other.equals(EMPTY) || equals(other)) {
      return this;
    }
    SortedMap<String, Entry> joined = new TreeMap<>(entries);
    other.entries.forEach((name, entry) -> joined.merge(name, entry, Entry::join));
    return new Roster(joined, retired.join(other.retired), ended.join(other.ended));
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

  /** This roster with these generations retired behind these writes, or behind later ones. */
  public Roster retire(VersionVector last) {
    return new Roster(entries, retired.join(last), ended);
  }

  /** This roster with the knowledge that these generations end there at every member. */
  public Roster end(VersionVector last) {
    return new Roster(entries, retired, ended.join(last));
  }

  /**
   * This roster without the claim that a retired generation ends before what this vector has of it.
   */
  public Roster withAtLeast(VersionVector applied) {
    VersionVector raised = retired;
    for (Dot end : retired) {
      long here = applied.get(end.replica());
      raised = here > end.sequence() ? raised.with(new Dot(end.replica(), here)) : raised;
    }
    return raised.equals(retired) ? this : new Roster(entries, raised, ended);
  }

  /** The last write of each retired generation, as far as that was ordered. */
  public VersionVector retired() {
    return retired;
  }

  /** The same, of those of which no member has or will take in later writes. */
  public VersionVector ended() {
    return ended;
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
    return object instanceof Roster other
        && entries.equals(other.entries)
        && retired.equals(other.retired)
        && ended.equals(other.ended);
  }

  @Override
  public int hashCode() {
    return Objects.hash(entries, retired, ended);
  }

  @Override
  public String toString() {
    List<String> told =
        entries.values().stream()
            .map(entry -> entry.replica() + (entry.status() == Status.MEMBER ? "" : " forgotten"))
            .toList();
    return told + (retired.isEmpty() ? "" : " retired " + retired);
  }
}
