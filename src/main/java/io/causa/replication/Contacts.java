package io.causa.replication;

import io.causa.clock.Replica;
import java.util.Optional;

/**
 * Welcomes who is met for the first time or heard again: both wait for this replica's vectors and
 * its writes, and need not wait for the next interval.
 *
 * <p>Owner: the replication loop.
 */
final class Contacts {

  private final Peers peers;
  private final Announcements announcements;
  private final Digests digests;
  private final Streams streams;
  private final Outbox outbox;

  Contacts(
      Peers peers, Announcements announcements, Digests digests, Streams streams, Outbox outbox) {
    this.peers = peers;
    this.announcements = announcements;
    this.digests = digests;
    this.streams = streams;
    this.outbox = outbox;
  }

  /**
   * The peer that a message of this session comes from, greeted if it is new; empty if a later
   * session of its name is live.
   */
  Optional<Peer> meet(Replica sender, long session, long nowMillis) {
    Optional<Peers.Met> met = peers.meet(sender, session, nowMillis);
    met.filter(Peers.Met::isNew).ifPresent(first -> greet(first.peer(), nowMillis));
    return met.map(Peers.Met::peer);
  }

  /** The sender, if it is a peer, was heard on a way that proves the link. */
  void heard(Replica sender, long nowMillis) {
    peers.find(sender).ifPresent(peer -> heard(peer, nowMillis));
  }

  void heard(Peer peer, long nowMillis) {
    boolean wasSilent = peer.isSilent(nowMillis);
    peer.heard(nowMillis);
    if (wasSilent) {
      peer.stream().ifPresent(PeerStream::wake);
      digests.send(peer, nowMillis);
      streams.fill(peer);
    }
  }

  /** Whoever is new here may not know us either. */
  private void greet(Peer peer, long nowMillis) {
    outbox.send(peer.name(), announcements.presence());
    digests.send(peer, nowMillis);
  }
}
