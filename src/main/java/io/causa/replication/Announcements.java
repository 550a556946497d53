package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Roster;
import io.causa.replication.PeerMessage.Digest;
import io.causa.replication.PeerMessage.Presence;
import java.util.Optional;

/**
 * Says who this replica is and what it has: makes the presence and the digests of one session, and
 * decides when the presence is due.
 *
 * <p>Owner: the replication loop.
 */
final class Announcements {

  private final Presence presence;
  private final ReplicationSettings settings;
  private boolean started;
  private long digests;
  private long sentMillis;
  private long dueMillis;

  Announcements(Presence presence, ReplicationSettings settings) {
    this.presence = presence;
    this.settings = settings;
  }

  Presence presence() {
    return presence;
  }

  /** From now on the presence is broadcast, for the first time at once. */
  void start(long nowMillis) {
    started = true;
    dueMillis = nowMillis;
  }

  boolean isStarted() {
    return started;
  }

  /**
   * The presence, if it is due. A starting replica calls more often: the first call may be lost
   * before all can hear it.
   */
  Optional<Presence> due(boolean isReady, long nowMillis) {
    if (!started || nowMillis < dueMillis) {
      return Optional.empty();
    }
    sentMillis = nowMillis;
    dueMillis =
        nowMillis + (isReady ? settings.presenceIntervalMillis() : settings.digestIntervalMillis());
    return Optional.of(presence);
  }

  /** Somebody else must hear it soon. Two who provoke each other never go faster than digests. */
  void hasten() {
    dueMillis = Math.min(dueMillis, sentMillis + settings.digestIntervalMillis());
  }

  /** The next digest of this session, for whoever has that one. */
  Digest digest(
      VersionVector received,
      VersionVector applied,
      VersionVector trimmed,
      Roster roster,
      long heard) {
    Replica self = presence.sender();
    long session = presence.session();
    return new Digest(self, session, ++digests, received, applied, trimmed, roster, heard);
  }
}
