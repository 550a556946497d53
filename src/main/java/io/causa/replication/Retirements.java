package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Retirement;
import io.causa.membership.Roster;
import io.causa.replication.Action.Retire;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Closes the history of former generations. Writes that were lost with the last node that held them
 * must not be waited for, and only a person knows that they were.
 *
 * <p>In two steps, as somebody may be taking in a later write while the order is given: the order
 * stands in the roster, and whoever knows it takes in none of the later writes. When all members
 * show that they know it, and have just the writes before, nobody waits for later ones any more,
 * and whoever sees that first tells it with the roster. A member that had more by then says so in
 * its roster, and the larger number counts.
 *
 * <p>Owner: the replication loop. Bound: one entry for each retired generation.
 */
final class Retirements {

  private final Replica self;
  private final Membership membership;
  private final Progress progress;
  private final Peers peers;
  private final Outbox outbox;
  private Retire told = new Retire(Retirement.NONE, Retirement.NONE);
  private boolean abandoned;

  Retirements(Replica self, Membership membership, Progress progress, Peers peers, Outbox outbox) {
    this.self = self;
    this.membership = membership;
    this.progress = progress;
    this.peers = peers;
    this.outbox = outbox;
  }

  /** The order to retire a generation; see {@link Replicator#retire}. */
  RetireOutcome order(Replica former, long nowMillis) {
    RetireOutcome outcome = decide(former, nowMillis);
    if (outcome instanceof RetireOutcome.Retired retired) {
      membership.retire(retired.last());
    }
    return outcome;
  }

  private RetireOutcome decide(Replica former, long nowMillis) {
    Roster roster = membership.known();
    long last = progress.applied().get(former);
    if (roster.isMember(former)) {
      return new RetireOutcome.Current(former);
    }
    if (last == 0) {
      return new RetireOutcome.Unknown(former);
    }
    Dot end = new Dot(former, last);
    List<String> reasons = reasons(end, roster, nowMillis);
    boolean before = roster.retired().get(former) == last;
    return reasons.isEmpty() || before
        ? new RetireOutcome.Retired(end)
        : new RetireOutcome.Unsettled(end, reasons);
  }

  private List<String> reasons(Dot end, Roster roster, long nowMillis) {
    List<String> reasons = new ArrayList<>();
    long received = progress.received().get(end.replica());
    if (received != end.sequence()) {
      reasons.add(self + " has received writes up to " + received);
    }
    for (Replica member : others(roster)) {
      reason(peers.find(member), member, end, nowMillis).ifPresent(reasons::add);
    }
    return reasons;
  }

  /**
   * Tells what has changed. To be called after what may change it: the roster, what is applied
   * here, or what a peer says that it has.
   */
  void look() {
    if (membership.known().retired().isEmpty()) {
      return;
    }
    if (membership.isSettled()) {
      end(membership.roster());
    }
    Roster known = membership.known();
    Retire now = new Retire(new Retirement(known.retired()), new Retirement(known.ended()));
    if (!now.equals(told)) {
      told = now;
      outbox.add(now);
    }
    if (!abandoned && membership.abandoned().isPresent()) {
      abandoned = true;
      outbox.add(membership.abandoned().get());
    }
  }

  private void end(Roster roster) {
    for (Dot end : roster.retired()) {
      if (!roster.ended().covers(end) && isKnownToAll(end, roster)) {
        membership.end(end);
      }
    }
  }

  /** Whether nothing waits for later writes of this generation any more. */
  boolean isEnded(Replica former) {
    return membership.known().ended().get(former) > 0;
  }

  private boolean isKnownToAll(Dot end, Roster roster) {
    return progress.applied().get(end.replica()) == end.sequence()
        && progress.received().get(end.replica()) == end.sequence()
        && others(roster).stream().allMatch(member -> isKnownTo(member, end, roster));
  }

  private boolean isKnownTo(Replica member, Dot end, Roster roster) {
    return peers.find(member).filter(peer -> peer.shows(roster) && hasJust(peer, end)).isPresent();
  }

  private static boolean hasJust(Peer peer, Dot end) {
    return peer.received().get(end.replica()) == end.sequence()
        && peer.applied().get(end.replica()) == end.sequence();
  }

  private static Optional<String> reason(
      Optional<Peer> met, Replica member, Dot end, long nowMillis) {
    if (met.filter(peer -> peer.isDigested() && !peer.isSilent(nowMillis)).isEmpty()) {
      return Optional.of(member + " is not heard");
    }
    Peer peer = met.get();
    return hasJust(peer, end)
        ? Optional.empty()
        : Optional.of(
            "%s has received writes up to %d and applied them up to %d"
                .formatted(
                    member, peer.received().get(end.replica()), peer.applied().get(end.replica())));
  }

  private List<Replica> others(Roster roster) {
    return roster.members().stream().filter(member -> !member.equals(self)).toList();
  }
}
