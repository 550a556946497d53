package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.identity.Identity;
import io.causa.identity.Incarnation;
import io.causa.membership.Capabilities;
import io.causa.membership.Feature;
import io.causa.membership.NameCollision;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.view.ReplicatorView;

/** The parts of one {@link Replicator}, each made with those that it needs. */
final class Parts {

  /**
   * How long the others are waited for until the own writes are trusted, while some member is
   * heard, in intervals between digests. A peer that takes this replica for silent sends it two in
   * that time.
   */
  static final int GRACE_DIGESTS = 2 * Replicator.SILENT_DIGEST_SCALE;

  final Outbox outbox;
  final Progress progress;
  final Identity identity;
  final Peers peers;
  final RegistrationMonitor monitor;
  final Membership membership;
  final Announcements announcements;
  final OwnMembership ownMembership;
  final Retirements retirements;
  final Stability stability;
  final Streams streams;
  final Acknowledgements acks;
  final GapRepair repair;
  final CatchUp catchUp;
  final Snapshots snapshots;
  final Readiness readiness;

  Parts(
      Replica self,
      String http,
      ReplicationSettings settings,
      VersionVector applied,
      VersionVector trimmed,
      Roster roster,
      Incarnation run,
      SnapshotRoom room) {
    progress = new Progress(applied, trimmed);
    long session = run.session();
    long intervalMillis = settings.digestIntervalMillis();
    identity = new Identity(self, run, GRACE_DIGESTS * intervalMillis, 2 * intervalMillis);
    peers = new Peers(settings);
    outbox = new Outbox(peers::version);
    monitor = new RegistrationMonitor(peers, settings, outbox);
    membership = new Membership(self, roster, applied, outbox);
    Presence presence = new Presence(self, session, http, Capabilities.OWN);
    announcements =
        new Announcements(presence, settings, progress, identity, membership, peers, outbox);
    NameCollision collision = new NameCollision(self, session);
    ownMembership =
        new OwnMembership(self, membership, collision, identity, announcements, peers, outbox);
    identity.applied(applied);
    retirements =
        new Retirements(
            self,
            membership,
            progress,
            peers,
            () -> peers.agreement(self, membership.known()).has(Feature.BASES),
            outbox);
    stability = new Stability(self, membership, progress, peers, outbox);
    streams = new Streams(self, peers, settings, identity, progress, outbox);
    acks = new Acknowledgements(self, peers, outbox);
    repair = new GapRepair(self, peers, membership, settings, outbox);
    catchUp = new CatchUp(settings.readyTimeoutMillis());
    snapshots =
        new Snapshots(
            self, session, settings, progress, identity, membership, catchUp, outbox, room);
    readiness =
        new Readiness(
            catchUp, identity, collision, ownMembership, membership, progress, snapshots, outbox);
  }

  /** Returns what the parts know, for people. */
  ReplicatorView view(long nowMillis) {
    return new ReplicatorView(
        peers.views(nowMillis),
        membership.members(peers, nowMillis),
        stability.generations(retirements::isEnded),
        membership.roster(),
        stability.stable(),
        stability.waitingFor(),
        snapshots.progress(),
        readiness.notReady(),
        peers.agreement(membership.self(), membership.roster()),
        monitor.health(nowMillis));
  }
}
