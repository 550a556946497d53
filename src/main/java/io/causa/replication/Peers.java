package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Agreement;
import io.causa.membership.Capabilities;
import io.causa.membership.Roster;
import io.causa.replication.view.PeerView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The replicas that were met, one for each name: the latest session of a name is the live one.
 *
 * <p>Owner: the replication loop. Bound: one entry for each name that an operator ever gave to a
 * node while this one runs.
 */
final class Peers {

  /**
   * @param isNew whether the peer, or this session of it, is met for the first time
   */
  record Met(Peer peer, boolean isNew) {}

  private final ReplicationSettings settings;
  private final Map<String, Peer> peers = new TreeMap<>();

  Peers(ReplicationSettings settings) {
    this.settings = settings;
  }

  /**
   * The peer that a message of this session comes from; empty if a later session of the name is
   * live. When that one is silent the earlier session is believed: a clock that was set back must
   * not shut a replica out for good.
   */
  Optional<Met> meet(Replica sender, long session, long nowMillis) {
    Peer known = peers.get(sender.name());
    if (known != null && known.is(sender, session)) {
      return Optional.of(new Met(known, false));
    }
    if (known != null && known.isLaterThan(sender, session) && !known.isSilent(nowMillis)) {
      return Optional.empty();
    }
    Peer met = new Peer(sender, session, settings, nowMillis);
    peers.put(sender.name(), met);
    return Optional.of(new Met(met, true));
  }

  /** The peer in its latest session, if that has this identity. */
  Optional<Peer> find(Replica replica) {
    return find(replica.name()).filter(peer -> peer.replica().equals(replica));
  }

  Optional<Peer> find(String name) {
    return Optional.ofNullable(peers.get(name));
  }

  /** Returns the version of messages in which the replica of this name is spoken to. */
  int version(String name) {
    return find(name).map(Peer::understands).orElse(Capabilities.UNSAID).spoken();
  }

  /** Returns what all of these members and this replica understand. */
  Agreement agreement(Replica self, Roster roster) {
    return Agreement.of(
        self, Capabilities.OWN, roster, member -> find(member).map(Peer::understands));
  }

  /**
   * Returns the version of messages that is broadcast: the latest one once all members and all live
   * peers read it, of whom there has to be one, as the earliest one is what a newcomer reads, too.
   */
  int broadcastVersion(Replica self, Roster roster, long nowMillis) {
    boolean someone = !peers.isEmpty();
    boolean all =
        agreement(self, roster).version() >= Capabilities.LATEST
            && live(nowMillis).stream().allMatch(peer -> peer.understands().readsLatest());
    return someone && all ? Capabilities.LATEST : Capabilities.EARLIEST;
  }

  /** Whether exactly this replica is met and not silent. */
  boolean isLive(Replica replica, long nowMillis) {
    return find(replica).filter(peer -> !peer.isSilent(nowMillis)).isPresent();
  }

  /** The replica is a peer no more. */
  void drop(Replica gone) {
    find(gone).ifPresent(peer -> peers.remove(peer.name()));
  }

  /** Peers that took themselves for members, and are none by this roster, are peers no more. */
  void keep(Roster roster) {
    peers.values().removeIf(peer -> peer.isDeclared() && !roster.isMember(peer.replica()));
  }

  /** All peers, by name. */
  Collection<Peer> all() {
    return peers.values();
  }

  /** The peers that are not silent, by name. */
  List<Peer> live(long nowMillis) {
    List<Peer> live = new ArrayList<>(peers.size());
    for (Peer peer : peers.values()) {
      if (!peer.isSilent(nowMillis)) {
        live.add(peer);
      }
    }
    return live;
  }

  /** What is known of every peer, by name. */
  List<PeerView> views(long nowMillis) {
    return peers.values().stream().map(peer -> peer.view(nowMillis)).toList();
  }

  /** Everything that some peer has applied. */
  VersionVector applied() {
    VersionVector applied = VersionVector.EMPTY;
    for (Peer peer : peers.values()) {
      applied = applied.join(peer.applied());
    }
    return applied;
  }

  /** Everything that some peer has received. */
  VersionVector received() {
    VersionVector received = VersionVector.EMPTY;
    for (Peer peer : peers.values()) {
      received = received.join(peer.received());
    }
    return received;
  }

  /**
   * Origins whose writes were applied hear of it with the next tick: their clients may wait for it.
   */
  void oweAcks(VersionVector before, VersionVector after, long nowMillis) {
    for (Peer peer : peers.values()) {
      if (after.get(peer.replica()) > before.get(peer.replica())) {
        peer.oweAck(nowMillis);
      }
    }
  }
}
