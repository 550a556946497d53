package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.identity.Identity;
import io.causa.membership.Declaration;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.NameCollision;
import io.causa.membership.Retirement;
import io.causa.membership.Roster;
import io.causa.replication.Action.Collision;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;

/**
 * This replica among the members: when it declares itself, who else has its name, and whether it
 * was expelled.
 *
 * <p>Owner: the replication loop.
 */
final class OwnMembership {

  private final Replica self;
  private final Membership membership;
  private final NameCollision collision;
  private final Identity identity;
  private final Announcements announcements;
  private final Peers peers;
  private final Outbox outbox;
  private final Declaration declaration;
  private boolean expelled;

  OwnMembership(
      Replica self,
      Membership membership,
      NameCollision collision,
      Identity identity,
      Announcements announcements,
      Peers peers,
      Outbox outbox) {
    this.self = self;
    this.membership = membership;
    this.collision = collision;
    this.identity = identity;
    this.announcements = announcements;
    this.peers = peers;
    this.outbox = outbox;
    this.declaration = new Declaration(self.name());
    noteDeclaration();
  }

  /** The cluster is joined, with this many members besides this one. */
  void start(int otherMembers, long nowMillis) {
    declaration.start(otherMembers, nowMillis);
  }

  boolean isOwnName(Replica sender) {
    return sender.name().equals(self.name());
  }

  /** A presence under this replica's name arrived, possibly its own. */
  void hearOwnName(Presence heard, long nowMillis) {
    if (membership.isDeclared() && !heard.sender().equals(self)) {
      // Which generation holds the name stands in the roster; the other one has to hear of it.
      announcements.hasten();
      announcements.answerFormer(self.name());
      return;
    }
    boolean holdsName = membership.isHeldBy(heard.sender());
    switch (collision.heard(heard.sender(), heard.session(), holdsName, nowMillis)) {
      case ECHO -> {}
      case SUSPICION -> announcements.hasten();
      case COLLISION -> outbox.add(new Collision(heard.sender(), heard.http()));
    }
  }

  /**
   * A digest arrived: takes in its roster.
   *
   * @return whether its sender is reckoned with
   */
  boolean hear(Digest digest, long nowMillis) {
    membership.heard(digest.roster());
    noteExpulsion();
    peers.keep(membership.known());
    if (isOwnName(digest.sender()) || isFormer(digest) || isAfterThis(digest)) {
      return false;
    }
    declaration.heard(digest.sender().name(), nowMillis);
    return true;
  }

  /** This is applied now: whoever wrote is known. */
  void applied(VersionVector after) {
    membership.applied(after);
    noteExpulsion();
  }

  /** The roster is durable. */
  void kept(Roster roster) {
    membership.kept(roster);
    noteDeclaration();
    noteExpulsion();
  }

  /** Delivery takes in nothing any more that is behind this. */
  void excludes(Retirement now) {
    membership.excludes(now);
    noteDeclaration();
  }

  private void noteDeclaration() {
    if (membership.isDurablyDeclared()) {
      identity.declared();
    }
  }

  /** A member left for good; see {@link Replicator#forget}. */
  ForgetOutcome forget(String name, long nowMillis) {
    ForgetOutcome outcome = membership.forget(name, peers.find(name), nowMillis);
    peers.keep(membership.known());
    noteExpulsion();
    return outcome;
  }

  /** Declares this replica if it is time. */
  void look(long nowMillis) {
    if (membership.isDeclared()) {
      return;
    }
    boolean suspected = collision.isSuspected(nowMillis);
    declareIf(declaration.isDue(membership.known(), suspected, nowMillis));
  }

  /** Declares this replica if clients are to be served, for then it writes. */
  void declareIf(boolean due) {
    if (due && !membership.isDeclared() && !membership.isExpelled()) {
      membership.declare();
      noteExpulsion();
    }
  }

  /** Something may be new about the members: says it once if this replica is none any more. */
  private void noteExpulsion() {
    if (!expelled && membership.isExpelled()) {
      expelled = true;
      identity.expelled(membership.lastTaken()).map(membership::expelled).ifPresent(outbox::add);
    }
  }

  /**
   * Whether by what the sender says this generation has ended: its vectors then cover whatever this
   * replica may have written, though nobody has that.
   */
  private boolean isAfterThis(Digest heard) {
    return heard.roster().ended().isBelow(self)
        || heard.received().isBelowBase(self)
        || heard.applied().isBelowBase(self);
  }

  /** Whether the sender is a member no more. It does not know that, and our digest says so. */
  private boolean isFormer(Digest heard) {
    boolean former = membership.isFormer(heard);
    if (former) {
      peers.drop(heard.sender());
      announcements.answerFormer(heard.sender().name());
    }
    return former;
  }
}
