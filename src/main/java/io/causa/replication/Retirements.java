package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Endings;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Retirement;
import io.causa.membership.Roster;
import io.causa.replication.Action.Raise;
import io.causa.replication.Action.Retire;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Closes the history of former generations. Writes that were lost with the last node that held them
 * must not be waited for, and only a person knows that they were; or a node that keeps its data in
 * memory, of its own earlier runs.
 *
 * <p>In steps, as somebody may be taking in a later write while the order is given. The order
 * stands in the roster, and whoever knows it takes in none of the later writes. When all members
 * show that they know it, and have just the writes before, nobody waits for later ones any more,
 * and whoever sees that first tells it with the roster. A member that had more by then says so in
 * its roster, and the larger number counts. When all members show that they know this as well, the
 * vectors take a base: one entry for all ended generations of a name.
 *
 * <p>Owner: the replication loop. Bound: {@link Endings#MOST_LISTED} generations.
 */
final class Retirements {

  private final Membership membership;
  private final Progress progress;
  private final Peers peers;
  private final BooleanSupplier basesAreAgreed;
  private final Outbox outbox;
  private final RetireOrder order;
  private Retire told = new Retire(Retirement.NONE, Retirement.NONE);
  private VersionVector raised = VersionVector.EMPTY;
  private boolean abandoned;

  /**
   * @param basesAreAgreed whether all members understand vectors with bases
   */
  Retirements(
      Replica self,
      Membership membership,
      Progress progress,
      Peers peers,
      BooleanSupplier basesAreAgreed,
      Outbox outbox) {
    this.membership = membership;
    this.progress = progress;
    this.peers = peers;
    this.basesAreAgreed = basesAreAgreed;
    this.outbox = outbox;
    this.order = new RetireOrder(self, membership, progress, peers, basesAreAgreed);
  }

  /** The order to retire a generation; see {@link Replicator#retire}. */
  RetireOutcome order(Replica former, long nowMillis) {
    return order.order(former, nowMillis);
  }

  /** The data of the own former generations is gone with their processes: orders that they end. */
  void orderOwnFormer(long nowMillis) {
    if (membership.hasOwnFormer()) {
      order.orderOwnFormer(nowMillis);
    }
  }

  /**
   * Tells what has changed. To be called after what may change it: the roster, what is applied
   * here, or what a peer says that it has.
   */
  void look(long nowMillis) {
    Roster known = membership.known();
    if (known.ordered().isEmpty() && known.ended().isEmpty()) {
      return;
    }
    if (membership.isSettled()) {
      end(membership.roster(), nowMillis);
    }
    tell(membership.known(), membership.roster());
    raise(membership.roster());
    if (!abandoned && membership.abandoned().isPresent()) {
      abandoned = true;
      outbox.add(membership.abandoned().get());
    }
  }

  private void tell(Roster known, Roster durable) {
    Retire now = new Retire(known.retirement(), Retirement.of(durable.ended()));
    if (!now.equals(told)) {
      told = now;
      outbox.add(now);
    }
  }

  private void end(Roster roster, long nowMillis) {
    Endings ordered = roster.ordered();
    ordered.below().forEach((name, below) -> end(name, below, roster, nowMillis));
    for (Dot end : ordered.open()) {
      if (!roster.ended().includes(end.replica()) || end.sequence() > lastEnded(end, roster)) {
        endIfKnownToAll(Endings.of(end), List.of(end), roster);
      }
    }
  }

  private static long lastEnded(Dot end, Roster roster) {
    return roster.ended().last(end.replica());
  }

  private void end(String name, long below, Roster roster, long nowMillis) {
    long first = roster.ended().below(name);
    Collection<Dot> last = roster.ordered().table(name, Math.max(1, first), below);
    boolean nobodyHasOthers =
        !hasOthers(progress.applied(), name, below, roster)
            && !hasOthers(progress.received(), name, below, roster)
            && peers.all().stream()
                .filter(peer -> mayBringWrites(peer, roster, nowMillis))
                .noneMatch(
                    peer ->
                        hasOthers(peer.received(), name, below, roster)
                            || hasOthers(peer.applied(), name, below, roster));
    if (nobodyHasOthers) {
      endIfKnownToAll(Endings.of(last, Map.of(name, below), Map.of()), last, roster);
    }
  }

  /**
   * Whether the peer is a member, or may become one soon. One that holds what is given up stops as
   * soon as it hears of the order, and is not heard again: it must not keep the order open.
   */
  private static boolean mayBringWrites(Peer peer, Roster roster, long nowMillis) {
    return roster.isMember(peer.replica()) || !peer.isSilent(nowMillis);
  }

  /** Whether there are writes that the order gives up. */
  private static boolean hasOthers(VersionVector there, String name, long below, Roster roster) {
    for (Dot here : there) {
      Replica replica = here.replica();
      boolean isMeant = replica.name().equals(name) && replica.generation() < below;
      if (isMeant
          && !roster.ended().isBelow(replica)
          && here.sequence() > roster.ordered().last(replica)) {
        return true;
      }
    }
    return false;
  }

  private void endIfKnownToAll(Endings fact, Collection<Dot> last, Roster roster) {
    boolean here =
        last.stream()
            .allMatch(
                end ->
                    progress.applied().get(end.replica()) == end.sequence()
                        && progress.received().get(end.replica()) == end.sequence());
    if (here
        && membership.others(roster).stream().allMatch(member -> isKnownTo(member, last, roster))) {
      membership.end(fact);
    }
  }

  private boolean isKnownTo(Replica member, Collection<Dot> last, Roster roster) {
    return peers
        .find(member)
        .filter(peer -> peer.shows(roster) && last.stream().allMatch(end -> hasJust(peer, end)))
        .isPresent();
  }

  private static boolean hasJust(Peer peer, Dot end) {
    return peer.received().get(end.replica()) == end.sequence()
        && peer.applied().get(end.replica()) == end.sequence();
  }

  /** Whether nothing waits for later writes of this generation any more. */
  boolean isEnded(Replica former) {
    return membership.known().ended().includes(former);
  }

  /**
   * Has the own vector take a base once all members know what it stands for: so nobody who meets it
   * in a write or a context has to wait for that. Where others have it already it is too late to
   * wait; a write tells that, too, whose origin is never heard again.
   */
  private void raise(Roster durable) {
    VersionVector bases = durable.ended().bases();
    if (raised.covers(bases)) {
      return;
    }
    VersionVector elsewhere = peers.applied().join(progress.receipt().awaitedBases());
    VersionVector met = elsewhere.onlyBases().meet(bases);
    for (Dot base : bases.bases()) {
      if (!met.covers(base) && isKnownToAll(base, durable) && basesAreAgreed.getAsBoolean()) {
        met = met.with(base);
      }
    }
    if (!raised.covers(met)) {
      raised = raised.join(met);
      outbox.add(new Raise(raised));
    }
  }

  private boolean isKnownToAll(Dot base, Roster roster) {
    return membership.others(roster).stream()
        .allMatch(member -> peers.find(member).filter(peer -> peer.knowsBelow(base)).isPresent());
  }
}
