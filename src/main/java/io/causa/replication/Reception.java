package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Capabilities;
import io.causa.replication.Action.OlderCopy;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import java.util.Optional;

/**
 * Takes in what the peers say of themselves, and welcomes a peer that is met for the first time or
 * heard again: it waits for this replica's vectors and writes, and need not wait for the next
 * interval.
 *
 * <p>Owner: the replication loop.
 */
final class Reception {

  private final Replica self;
  private final Parts parts;

  Reception(Replica self, Parts parts) {
    this.self = self;
    this.parts = parts;
  }

  /** A presence arrived, possibly this replica's own. */
  void presence(Presence heard, long nowMillis) {
    if (parts.ownMembership.isOwnName(heard.sender())) {
      parts.ownMembership.hearOwnName(heard, nowMillis);
      return;
    }
    Optional<Peer> met = meet(heard.sender(), heard.session(), heard.understands(), nowMillis);
    met.ifPresent(peer -> peer.reachedAt(heard.http()));
    // A presence reaches all or none, so it proves nothing about the link: a digest does.
    met.filter(peer -> peer.isSilent(nowMillis))
        .ifPresent(peer -> parts.announcements.sendDigest(peer, nowMillis));
  }

  /**
   * A digest arrived.
   *
   * @return whether it is the latest of a peer's live session, and was taken in
   */
  boolean digest(Digest heard, long nowMillis) {
    if (heard.sender().equals(self) || !parts.ownMembership.hear(heard, nowMillis)) {
      return false;
    }
    long own = parts.progress.applied().get(self);
    VersionVector known = heard.received().join(heard.applied());
    parts.identity.hear(heard.sender().name(), heard.heardSession(), nowMillis);
    parts
        .identity
        .claimed(known, own)
        .map(standing -> new OlderCopy(heard.sender(), known.get(self), standing))
        .ifPresent(parts.outbox::add);
    return meet(heard.sender(), heard.session(), heard.understands(), nowMillis)
        .filter(peer -> take(heard, peer, nowMillis))
        .isPresent();
  }

  /**
   * An acknowledgement arrived. It counts between the two sessions that it names only. If it tells
   * of more own writes than have left, the data here may be an older copy: what follows from that,
   * the next digest decides.
   */
  void ack(Ack heard, long nowMillis) {
    boolean isMine = heard.of().equals(self) && heard.ofSession() == parts.announcements.session();
    long left = parts.identity.mayLeave(parts.progress.applied().get(self));
    if (isMine && Math.max(heard.received(), heard.applied()) <= left) {
      parts
          .peers
          .find(heard.sender())
          .filter(peer -> peer.is(heard.sender(), heard.session()))
          .ifPresent(peer -> take(heard, peer, nowMillis));
    }
  }

  private void take(Ack ack, Peer peer, long nowMillis) {
    heard(peer, nowMillis);
    if (peer.accept(ack, nowMillis)) {
      parts.streams.fill(peer, nowMillis);
      parts.acks.reached(ack.applied());
    }
  }

  /** The sender, if it is a peer, was heard on a way that proves the link. */
  void heard(Replica sender, long nowMillis) {
    parts.peers.find(sender).ifPresent(peer -> heard(peer, nowMillis));
  }

  private void heard(Peer peer, long nowMillis) {
    boolean wasSilent = peer.isSilent(nowMillis);
    peer.heard(nowMillis);
    if (wasSilent) {
      peer.stream().ifPresent(PeerStream::wake);
      parts.announcements.sendDigest(peer, nowMillis);
      parts.streams.fill(peer, nowMillis);
    }
  }

  /**
   * The peer that a message of this session comes from, greeted if it is new; empty if a later
   * session of its name is live.
   */
  private Optional<Peer> meet(
      Replica sender, long session, Capabilities understands, long nowMillis) {
    Optional<Peers.Met> met = parts.peers.meet(sender, session, nowMillis);
    met.ifPresent(of -> of.peer().understands(understands));
    met.filter(Peers.Met::isNew)
        .ifPresent(first -> parts.announcements.greet(first.peer(), nowMillis));
    return met.map(Peers.Met::peer);
  }

  private boolean take(Digest digest, Peer peer, long nowMillis) {
    boolean isLatest = peer.accept(digest, self, nowMillis);
    heard(peer, nowMillis);
    if (isLatest) {
      parts.stability.heard(digest);
      parts.streams.fill(peer, nowMillis);
      parts.acks.reached(digest.applied().get(self));
      if (digest.roster().isMember(self)) {
        parts.catchUp.heard(peer.name(), digest.applied(), nowMillis);
      }
    }
    return isLatest;
  }
}
