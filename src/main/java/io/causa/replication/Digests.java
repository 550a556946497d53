package io.causa.replication;

import io.causa.identity.Identity;
import io.causa.replication.PeerMessage.Digest;

/**
 * Tells the peers what this replica has: regularly, when they wait for it, and in answer.
 *
 * <p>Owner: the replication loop.
 */
final class Digests {

  private final Announcements announcements;
  private final Progress progress;
  private final Identity identity;
  private final Membership membership;
  private final Peers peers;
  private final Outbox outbox;

  Digests(
      Announcements announcements,
      Progress progress,
      Identity identity,
      Membership membership,
      Peers peers,
      Outbox outbox) {
    this.announcements = announcements;
    this.progress = progress;
    this.identity = identity;
    this.membership = membership;
    this.peers = peers;
    this.outbox = outbox;
  }

  /** Sends one, from which the interval to the next begins. */
  void send(Peer peer, long nowMillis) {
    answer(peer.name());
    peer.digestSent(nowMillis);
  }

  /** Sends one beside the regular ones, to whoever has this name. */
  void answer(String name) {
    outbox.send(name, next(name));
  }

  void sendToLive(long nowMillis) {
    peers.live(nowMillis).forEach(peer -> send(peer, nowMillis));
  }

  void sendDue(long nowMillis) {
    for (Peer peer : peers.all()) {
      if (peer.isDigestDue(nowMillis)) {
        send(peer, nowMillis);
      }
    }
  }

  private Digest next(String to) {
    return announcements.digest(
        identity.mayLeave(progress.received()),
        identity.claim(progress.applied()),
        progress.trimmed(),
        membership.roster(),
        peers.find(to).map(Peer::session).orElse(0L));
  }
}
