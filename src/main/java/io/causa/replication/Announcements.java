package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.identity.Identity;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import java.util.Optional;

/**
 * Says who this replica is and what it has: broadcasts its presence, and tells the peers with
 * digests what it has, regularly, when they wait for it, and in answer.
 *
 * <p>Owner: the replication loop.
 */
final class Announcements {

  private final Presence presence;
  private final ReplicationSettings settings;
  private final Progress progress;
  private final Identity identity;
  private final Membership membership;
  private final Peers peers;
  private final Outbox outbox;
  private boolean started;
  private long digests;
  private long sentMillis;
  private long dueMillis;

  Announcements(
      Presence presence,
      ReplicationSettings settings,
      Progress progress,
      Identity identity,
      Membership membership,
      Peers peers,
      Outbox outbox) {
    this.presence = presence;
    this.settings = settings;
    this.progress = progress;
    this.identity = identity;
    this.membership = membership;
    this.peers = peers;
    this.outbox = outbox;
  }

  /** From now on the presence is broadcast, for the first time at once. */
  void start(long nowMillis) {
    started = true;
    dueMillis = nowMillis;
    broadcastIfDue(false, nowMillis);
  }

  /** Returns this replica's session, which each of its digests names. */
  long session() {
    return presence.session();
  }

  boolean isStarted() {
    return started;
  }

  /**
   * Broadcasts the presence, if it is due. A starting replica calls more often: the first call may
   * be lost before all can hear it.
   */
  void broadcastIfDue(boolean isReady, long nowMillis) {
    if (!started || nowMillis < dueMillis) {
      return;
    }
    sentMillis = nowMillis;
    dueMillis =
        nowMillis + (isReady ? settings.presenceIntervalMillis() : settings.digestIntervalMillis());
    int version = peers.broadcastVersion(presence.sender(), membership.known(), nowMillis);
    outbox.add(new Action.Broadcast(presence, version));
  }

  /** Another node must hear it soon. Two that provoke each other never go faster than digests. */
  void hasten() {
    dueMillis = Math.min(dueMillis, sentMillis + settings.digestIntervalMillis());
  }

  /** Sends presence and digest to a peer that is new here: it may not know this replica either. */
  void greet(Peer peer, long nowMillis) {
    outbox.send(peer.name(), presence);
    sendDigest(peer, nowMillis);
  }

  /** Sends a digest, from which the interval to the next begins. */
  void sendDigest(Peer peer, long nowMillis) {
    answer(peer.name());
    peer.digestSent(nowMillis);
  }

  /** Sends a digest beside the regular ones, to the replica that has this name. */
  void answer(String name) {
    outbox.send(name, nextDigest(name, peers.find(name).map(Peer::shown).orElse(Roster.EMPTY)));
  }

  /** Says how much of a replica's writes is here, to itself: with a digest if it reads no less. */
  void acknowledge(Replica origin) {
    Optional<Peer> reader = peers.find(origin).filter(this::readsAcks);
    if (reader.isPresent()) {
      sendAck(reader.get());
    } else {
      answer(origin.name());
    }
  }

  /** Of a generation that has ended, digests alone say how far it went. */
  private boolean readsAcks(Peer peer) {
    return peer.readsAcks() && !progress.received().isBelowBase(peer.replica());
  }

  private void sendAck(Peer peer) {
    Replica of = peer.replica();
    outbox.send(
        peer.name(),
        new Ack(
            presence.sender(),
            presence.session(),
            of,
            peer.session(),
            identity.mayLeave(progress.received()).get(of),
            identity.claim(progress.applied()).get(of)));
    peer.ackSent();
  }

  /** Sends a digest to who is no member, and may know less than the member of its name. */
  void answerFormer(String name) {
    outbox.send(name, nextDigest(name, Roster.EMPTY));
  }

  void sendDigestsToLive(long nowMillis) {
    peers.live(nowMillis).forEach(peer -> sendDigest(peer, nowMillis));
  }

  void sendDueDigests(long nowMillis) {
    for (Peer peer : peers.all()) {
      if (peer.isDigestDue(nowMillis)) {
        sendDigest(peer, nowMillis);
      } else if (peer.isAckOwed()) {
        acknowledge(peer.replica());
      }
    }
  }

  /** What a message claims that only this replica could say; see {@link Replicator#forgery}. */
  Optional<String> forgery(PeerMessage message) {
    boolean isOwn = message.sender().equals(presence.sender());
    if (isOwn && message instanceof Digest digest) {
      return digest.session() == presence.session()
          ? Optional.empty()
          : Optional.of("a digest says that this node sent it, in another run");
    }
    return isOwn && !(message instanceof Presence)
        ? Optional.of("a message says that this node sent it")
        : Optional.empty();
  }

  private Digest nextDigest(String to, Roster shown) {
    VersionVector received = identity.mayLeave(progress.received());
    VersionVector applied = identity.claim(progress.applied());
    return new Digest(
        presence.sender(),
        presence.session(),
        ++digests,
        received,
        applied,
        progress.trimmed(),
        membership.roster().behind(shown),
        peers.find(to).map(Peer::session).orElse(0L),
        presence.understands());
  }
}
