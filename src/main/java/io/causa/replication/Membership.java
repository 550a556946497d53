package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.identity.Standing;
import io.causa.membership.Endings;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.MemberView;
import io.causa.membership.Retirement;
import io.causa.membership.Roster;
import io.causa.replication.Action.Abandoned;
import io.causa.replication.Action.Expelled;
import io.causa.replication.Action.KeepRoster;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.view.PeerView;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the roster of the cluster: it grows by what the digests of others show and by whose writes
 * are applied here. No configuration lists the members.
 *
 * <p>What a digest shows is durable, as with a vector: others count on it that this replica never
 * takes the cluster for smaller than it said. So a change is made durable first, one at a time, and
 * shown afterwards. An order to retire a generation is shown only once delivery follows it, too:
 * otherwise this replica could take in a later write after all others have counted on it.
 *
 * <p>Owner: the replication loop.
 */
final class Membership {

  private final Replica self;
  private final Outbox outbox;
  private Roster known;
  private Roster durable;
  private boolean keeping;
  private Optional<Roster> kept = Optional.empty();
  private Retirement excluded;
  private boolean declared;
  private boolean hasOwnFormer;
  private VersionVector applied;

  /**
   * @param stored what was made durable by the runs before; delivery knows the orders in it
   * @param applied what is durable here: whoever wrote is known
   */
  Membership(Replica self, Roster stored, VersionVector applied, Outbox outbox) {
    this.self = self;
    this.outbox = outbox;
    this.applied = applied;
    this.excluded = stored.retirement();
    // Own writes prove nothing: only a generation that is declared stamps, but one that took over
    // the data of an earlier one may have renamed writes, while a healthy one holds the name.
    Roster others = stored.withOrigins(applied.without(self));
    this.declared = stored.isMember(self);
    this.durable = declared ? others.declare(self) : others;
    this.known = durable;
  }

  Replica self() {
    return self;
  }

  /** The roster that this replica shows to others and reckons with. */
  Roster roster() {
    return durable;
  }

  /** All that was heard, durable or not. */
  Roster known() {
    return known;
  }

  /** Whether there is nobody that this replica has heard of and does not reckon with yet. */
  boolean isSettled() {
    return known.equals(durable);
  }

  /**
   * Another replica showed its roster. One that says that this generation has ended, and not with
   * which write, is not taken: a complete one follows.
   */
  void heard(Roster shown) {
    boolean saysHow = known.ended().takes(self.name(), shown.ended());
    if (saysHow || !shown.ended().isBelow(self)) {
      noteOwnFormer(shown);
      learn(known.join(shown));
    }
  }

  private void noteOwnFormer(Roster roster) {
    hasOwnFormer |=
        roster.find(self.name()).filter(e -> !e.replica().equals(self)).isPresent()
            || roster.ended().below(self.name()) > 0;
  }

  /** Whether this replica is the member of its name, and there was another one before it. */
  boolean hasOwnFormer() {
    return hasOwnFormer && known.isMember(self);
  }

  /** This is applied now. */
  void applied(VersionVector after) {
    applied = after;
    learn(known.withOrigins(declared ? after : after.without(self)));
  }

  /** This replica names itself a member. */
  void declare() {
    learn(known.declare(self));
  }

  /** Whether this replica has named itself, in this run or one before it. */
  boolean isDeclared() {
    return declared;
  }

  /** Whether this replica holds its name, and its directory says so. */
  boolean isDurablyDeclared() {
    return durable.isMember(self);
  }

  /** Whether another generation holds the name of this replica, as far as was heard. */
  boolean isHeldBy(Replica namesake) {
    return !namesake.equals(self) && known.isMember(namesake);
  }

  /**
   * A member left for good.
   *
   * @param peer the peer with that name, if one was met
   */
  ForgetOutcome forget(String name, Optional<Peer> peer, long nowMillis) {
    Optional<Peer> live = peer.filter(met -> !met.isSilent(nowMillis));
    if (name.equals(self.name())) {
      return new ForgetOutcome.Self(self);
    }
    if (live.isPresent()) {
      PeerView view = live.get().view(nowMillis);
      return new ForgetOutcome.Live(view.replica(), view.heardMillisAgo());
    }
    return known
        .find(name)
        .map(entry -> forget(entry.replica()))
        .orElseGet(() -> new ForgetOutcome.Unknown(name));
  }

  private ForgetOutcome forget(Replica replica) {
    learn(known.forget(replica));
    return new ForgetOutcome.Forgotten(replica);
  }

  /**
   * Whether the sender takes itself for a member and is none any more. Who does not say that it is
   * one may yet become one.
   */
  boolean isFormer(Digest digest) {
    Replica sender = digest.sender();
    return digest.roster().isMember(sender) && !known.isMember(sender);
  }

  /**
   * Whether this replica was a member and is none any more, or takes a generation that has ended:
   * then it must not run.
   */
  boolean isExpelled() {
    return (declared && !known.isMember(self)) || hasEnded();
  }

  private boolean hasEnded() {
    return self.generation() < known.leastGeneration(self.name());
  }

  /** The other members of the roster. */
  List<Replica> others(Roster roster) {
    return roster.members().stream().filter(member -> !member.equals(self)).toList();
  }

  /** What is to be said when this replica {@link #isExpelled}. */
  Expelled expelled(Standing standing) {
    Replica latest = known.find(self.name()).map(Roster.Entry::replica).orElse(self);
    boolean wasRemoved = declared && !known.isMember(self);
    long least = hasEnded() && !wasRemoved ? known.leastGeneration(self.name()) : 0;
    return new Expelled(latest, standing, least);
  }

  /** The last own write that the members take; {@link Long#MAX_VALUE} if they take all. */
  long lastTaken() {
    Retirement retirement = known.retirement();
    return retirement.includes(self) ? retirement.last(self) : Long.MAX_VALUE;
  }

  /** The members, by name. */
  List<MemberView> members(Peers peers, long nowMillis) {
    return durable.members().stream()
        .map(member -> new MemberView(member, state(member, peers, nowMillis)))
        .toList();
  }

  private MemberView.State state(Replica member, Peers peers, long nowMillis) {
    if (member.equals(self)) {
      return MemberView.State.SELF;
    }
    return peers.isLive(member, nowMillis) ? MemberView.State.LIVE : MemberView.State.SILENT;
  }

  /** The roster is durable; what has changed meanwhile is next. */
  void kept(Roster roster) {
    kept = Optional.of(roster);
    show();
  }

  /** Delivery takes in nothing any more that is behind this. */
  void excludes(Retirement now) {
    excluded = now;
    show();
  }

  private void show() {
    if (kept.filter(roster -> excluded.covers(roster.retirement())).isPresent()) {
      durable = kept.get();
      kept = Optional.empty();
      keeping = false;
      keep();
    }
  }

  /** Former generations end there, for all that is known here. */
  void retire(Endings order) {
    learn(known.retire(order));
  }

  /** All members know that the former generations end there. */
  void end(Endings fact) {
    learn(known.end(fact));
  }

  /**
   * A write here that the cluster gave up while this replica was no member, or did not know of it,
   * if there is one. Own ones are none: the next generation has them under other names.
   */
  Optional<Abandoned> abandoned() {
    if (isExpelled()) {
      return Optional.empty();
    }
    boolean isMember = known.isMember(self) || declared;
    Retirement givenUp = isMember ? Retirement.of(known.ended()) : known.retirement();
    for (Dot here : applied) {
      boolean isFinal = !isMember || known.ended().isBelow(here.replica());
      if (isFinal && givenUp.excludes(here) && !here.replica().equals(self)) {
        return Optional.of(new Abandoned(here, givenUp.last(here.replica())));
      }
    }
    return Optional.empty();
  }

  /** A member that holds more than it hears of had it before: that is part of the history, too. */
  private void learn(Roster now) {
    known = now.isMember(self) ? now.withAtLeast(applied) : now;
    declared |= now.isMember(self);
    keep();
  }

  /**
   * Has the roster made durable, unless that is under way or nothing has changed. One that this
   * replica has lost its name in is not for its directory: that says whether the own writes were
   * stamped as a member's, and the end of the identity is noted instead.
   */
  private void keep() {
    if (!keeping && !isSettled() && !(declared && !known.isMember(self))) {
      keeping = true;
      outbox.add(new KeepRoster(known));
    }
  }
}
