package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Roster;
import io.causa.replication.PeerMessage.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Knows what is causally stable: applied at every member, and seen by every write that is still to
 * be applied here.
 *
 * <p>The first half is the minimum over the vectors of the members. The second half is why it is
 * not that simple: a member may have written before it applied something, and the write may still
 * be under way. So a digest counts only once this replica has applied all that its sender had
 * written by then; whatever it writes later follows the digest. And all that the sender had
 * received of generations that write no more, for those can be handed on by anyone. Digests count
 * while they show the roster that this replica has: a member that only others know of may write,
 * too. (The stability of causal multicast, as in Birman, Schiper and Stephenson 1991, for members
 * that come and go.)
 *
 * <p>A member that was never heard, or is silent, holds everything back, for however long: what it
 * will say when it returns is not known.
 *
 * <p>Owner: the replication loop. Bound: two digests for each member. Invariant: every write that
 * is applied here after {@link #stable} was asked depends on all of its answer, unless its origin
 * was no member of any roster then.
 */
final class Stability {

  /** Of one session of a member, the last digest that counted, and the one that is to be next. */
  private record Member(long session, Optional<Digest> counted, Optional<Digest> candidate) {

    static Member of(Digest first) {
      return new Member(first.session(), Optional.empty(), Optional.of(first));
    }

    /**
     * A candidate stays until it counts, or with a member that never stops writing none ever would.
     */
    Member heard(Digest digest) {
      if (digest.session() != session) {
        return of(digest);
      }
      return candidate.isPresent() ? this : new Member(session, counted, Optional.of(digest));
    }

    Member count() {
      return new Member(session, candidate, Optional.empty());
    }
  }

  private final Replica self;
  private final Map<Replica, Member> members = new HashMap<>();

  Stability(Replica self) {
    this.self = self;
  }

  /**
   * A digest arrived that is later than those before it of its session.
   *
   * @param applied what is applied here
   */
  void heard(Digest digest, VersionVector applied, Roster roster) {
    look(digest.sender(), applied, roster);
    Member known = members.get(digest.sender());
    members.put(digest.sender(), known == null ? Member.of(digest) : known.heard(digest));
    look(digest.sender(), applied, roster);
  }

  /**
   * What is causally stable now.
   *
   * @param applied what is applied here
   * @param roster who is counted on
   */
  VersionVector stable(VersionVector applied, Roster roster) {
    SortedSet<Replica> others = others(roster);
    members.keySet().retainAll(others);
    VersionVector stable = applied;
    for (Replica member : others) {
      look(member, applied, roster);
      stable = stable.meet(counted(member, roster));
    }
    return stable;
  }

  /** The members that are not known to have applied all that is applied here. */
  SortedSet<Replica> waitingFor(VersionVector applied, Roster roster) {
    SortedSet<Replica> waiting = others(roster);
    waiting.removeIf(member -> counted(member, roster).covers(applied));
    return waiting;
  }

  private SortedSet<Replica> others(Roster roster) {
    SortedSet<Replica> others = new TreeSet<>(roster.members());
    others.remove(self);
    return others;
  }

  private VersionVector counted(Replica replica, Roster roster) {
    Member member = members.get(replica);
    return member == null
        ? VersionVector.EMPTY
        : member
            .counted()
            .filter(digest -> digest.roster().equals(roster))
            .map(Digest::applied)
            .orElse(VersionVector.EMPTY);
  }

  private void look(Replica replica, VersionVector applied, Roster roster) {
    members.computeIfPresent(
        replica,
        (same, member) ->
            member.candidate().filter(digest -> counts(digest, applied, roster)).isPresent()
                ? member.count()
                : member);
  }

  private static boolean counts(Digest digest, VersionVector applied, Roster roster) {
    Replica sender = digest.sender();
    return applied.get(sender) >= digest.applied().get(sender)
        && hasAllOfFormer(digest, applied, roster);
  }

  private static boolean hasAllOfFormer(Digest digest, VersionVector applied, Roster roster) {
    for (Dot received : digest.received()) {
      if (!roster.isMember(received.replica()) && !applied.covers(received)) {
        return false;
      }
    }
    return true;
  }
}
