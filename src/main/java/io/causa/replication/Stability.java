package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.GenerationView;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Knows what is causally stable: applied at every member, and seen by every write that is still to
 * be applied here.
 *
 * <p>The first half is the minimum over the vectors of the members. The second half is why it is
 * not that simple: a member may have written before it applied something, and the write may still
 * be under way. So a digest counts only once this replica has applied all that its sender had
 * written by then; whatever it writes later follows the digest. And all that the sender had
 * received of generations that write no more, for those can be handed on by anyone. A digest is
 * judged, and counts, only while it shows the roster that this replica has: a member that only
 * others know of may write, too, and by another roster other generations write no more. (The
 * stability of causal multicast, as in Birman, Schiper and Stephenson 1991, for members that come
 * and go.)
 *
 * <p>A member that was never heard, or is silent, holds everything back, for however long: what it
 * will say when it returns is not known.
 *
 * <p>Owner: the replication loop. Bound: two digests for each member. Invariant: every write that
 * is applied here after {@link #look} depends on all of {@link #stable}, unless its origin was no
 * member of any roster then.
 */
final class Stability {

  /** Of one session of a member, the last digest that counted, and the one that is to be next. */
  private record Member(long session, Optional<Digest> counted, Optional<Digest> candidate) {

    static Member of(Digest first) {
      return new Member(first.session(), Optional.empty(), Optional.of(first));
    }

    /**
     * A candidate stays until it counts, or with a member that never stops writing no digest ever
     * would. One that shows another roster than ours cannot count, and makes room.
     */
    Member heard(Digest digest, Roster ours) {
      if (digest.session() != session) {
        return of(digest);
      }
      return candidate.filter(waiting -> waiting.roster().equals(ours)).isPresent()
          ? this
          : new Member(session, counted, Optional.of(digest));
    }

    Member count() {
      return new Member(session, candidate, Optional.empty());
    }
  }

  private final Replica self;
  private final Membership membership;
  private final Progress progress;
  private final Peers peers;
  private final Outbox outbox;
  private final Map<Replica, Member> members = new HashMap<>();
  private VersionVector stable = VersionVector.EMPTY;

  Stability(Replica self, Membership membership, Progress progress, Peers peers, Outbox outbox) {
    this.self = self;
    this.membership = membership;
    this.progress = progress;
    this.peers = peers;
    this.outbox = outbox;
  }

  /** A digest arrived that is later than those before it of its session. */
  void heard(Digest digest) {
    Roster roster = membership.roster();
    look(digest.sender(), progress.applied(), roster);
    Member known = members.get(digest.sender());
    members.put(digest.sender(), known == null ? Member.of(digest) : known.heard(digest, roster));
    look(digest.sender(), progress.applied(), roster);
  }

  /** With each tick and not with each digest, as what becomes stable costs a commit. */
  void look() {
    VersionVector now = stableNow();
    if (!now.equals(stable)) {
      stable = now;
      outbox.add(new Action.Stable(now));
    }
  }

  /** What was causally stable when that was looked at last. */
  VersionVector stable() {
    return stable;
  }

  /** The members that are not known to have applied all that is applied here. */
  SortedSet<Replica> waitingFor() {
    Roster roster = membership.roster();
    SortedSet<Replica> waiting = others(roster);
    waiting.removeIf(member -> counted(member, roster).covers(progress.applied()));
    return waiting;
  }

  /**
   * The generations that have writes here and are members no more.
   *
   * @param retired whether nothing waits for later writes of the generation any more
   */
  List<GenerationView> generations(Predicate<Replica> retired) {
    Roster roster = membership.roster();
    VersionVector applied = progress.applied();
    VersionVector everywhere = stableNow();
    VersionVector anywhere = peers.received().join(progress.received()).join(applied);
    return roster.former(applied).stream()
        .map(
            former ->
                new GenerationView(
                    former,
                    applied.get(former),
                    roster.find(former.name()).filter(e -> e.replica().equals(former)).isPresent(),
                    everywhere.get(former) == anywhere.get(former),
                    retired.test(former)))
        .toList();
  }

  private VersionVector stableNow() {
    Roster roster = membership.roster();
    if (!membership.isSettled()) {
      return VersionVector.EMPTY;
    }
    SortedSet<Replica> others = others(roster);
    members.keySet().retainAll(others);
    VersionVector stable = progress.applied();
    for (Replica member : others) {
      look(member, progress.applied(), roster);
      stable = stable.meet(counted(member, roster));
    }
    return stable;
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
    return digest.roster().equals(roster)
        && applied.get(sender) >= digest.applied().get(sender)
        && hasAllOfFormer(digest, applied, roster);
  }

  private static boolean hasAllOfFormer(Digest digest, VersionVector applied, Roster roster) {
    for (Dot received : digest.received().entries()) {
      if (!roster.isMember(received.replica()) && !applied.covers(received)) {
        return false;
      }
    }
    return true;
  }
}
