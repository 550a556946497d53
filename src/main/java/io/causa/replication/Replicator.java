package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.core.snapshot.SnapshotTransfers.Reply;
import io.causa.identity.Identity;
import io.causa.identity.Incarnation;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.GenerationView;
import io.causa.membership.MemberView;
import io.causa.membership.NameCollision;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Roster;
import io.causa.replication.Action.Broadcast;
import io.causa.replication.Action.OlderCopy;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.replication.PeerMessage.Digest;
import io.causa.replication.PeerMessage.Presence;
import io.causa.replication.PeerMessage.Pull;
import io.causa.replication.PeerMessage.SnapshotMessage;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One replica's part in replication: what it knows of its peers, and what it says to them.
 *
 * <p>The façade of this package. Every input may make actions; the driver takes them after each
 * input and carries them out in order. Time is passed in: any clock in milliseconds that does not
 * go back. Inputs may come before {@link #start}.
 *
 * <p>Owner: the replication loop; no method may be called from elsewhere. Bounds: the state grows
 * with the number of replicas only; writes are held nowhere, but read from the log when they may be
 * sent.
 */
public final class Replicator {

  /** How many times rarer than others a silent peer gets digests. */
  static final int SILENT_DIGEST_SCALE = 4;

  /**
   * How long the others are waited for until the own writes are trusted, while some member is
   * heard, in intervals between digests. A peer that takes this replica for silent sends it two in
   * that time.
   */
  static final int GRACE_DIGESTS = 2 * SILENT_DIGEST_SCALE;

  private final Replica self;
  private final Outbox outbox = new Outbox();
  private final Progress progress;
  private final Identity identity;
  private final Membership membership;
  private final OwnMembership ownMembership;
  private final Announcements announcements;
  private final Digests digests;
  private final Peers peers;
  private final Contacts contacts;
  private final RegistrationMonitor hearing;
  private final Streams streams;
  private final Acknowledgements acks;
  private final GapRepair repair;
  private final Snapshots snapshots;
  private final CatchUp catchUp;
  private final Readiness readiness;
  private final StabilityReport stability;
  private final Retirements retirements;

  /** A replica with room for any snapshot. */
  public Replicator(
      Replica self,
      String http,
      ReplicationSettings settings,
      VersionVector applied,
      VersionVector trimmed,
      Roster roster,
      Incarnation run) {
    this(self, http, settings, applied, trimmed, roster, run, SnapshotRoom.UNLIMITED);
  }

  /**
   * @param self this replica
   * @param http where clients reach this node
   * @param applied what is durable and visible here
   * @param trimmed what the log holds no longer
   * @param roster whom the runs before knew
   * @param run this run, whose session is larger than that of any earlier start with this name
   * @param room how much of a snapshot may be here before it is installed
   */
  public Replicator(
      Replica self,
      String http,
      ReplicationSettings settings,
      VersionVector applied,
      VersionVector trimmed,
      Roster roster,
      Incarnation run,
      SnapshotRoom room) {
    this.self = self;
    progress = new Progress(applied, trimmed);
    long session = run.session();
    identity = identity(self, run, settings.digestIntervalMillis());
    identity.applied(applied);
    membership = new Membership(self, roster, applied);
    announcements = new Announcements(new Presence(self, session, http), settings);
    peers = new Peers(settings);
    hearing = new RegistrationMonitor(peers, settings);
    digests = new Digests(announcements, progress, identity, membership, peers, outbox);
    streams = new Streams(self, peers, settings.pullBytes(), identity, progress, outbox);
    contacts = new Contacts(peers, announcements, digests, streams, outbox);
    acks = new Acknowledgements(self, peers, outbox);
    repair = new GapRepair(self, peers, settings);
    catchUp = new CatchUp(settings.readyTimeoutMillis());
    snapshots = new Snapshots(self, session, settings, progress, identity, catchUp, outbox, room);
    stability = new StabilityReport(self, membership, progress, peers, outbox);
    retirements = new Retirements(self, membership, progress, peers, outbox);
    NameCollision collision = new NameCollision(self, session);
    readiness = new Readiness(catchUp, identity, collision);
    ownMembership =
        new OwnMembership(
            self, membership, collision, identity, announcements, digests, peers, outbox);
  }

  private static Identity identity(Replica self, Incarnation run, long digestIntervalMillis) {
    return new Identity(self, run, GRACE_DIGESTS * digestIntervalMillis, 2 * digestIntervalMillis);
  }

  /**
   * The cluster is joined, and messages to this replica arrive.
   *
   * @param otherMembers how many other members the cluster has at this moment
   */
  public void start(int otherMembers, long nowMillis) {
    if (announcements.isStarted()) {
      throw new IllegalStateException(self + " was started before");
    }
    catchUp.start(otherMembers, nowMillis);
    ownMembership.start(otherMembers, nowMillis);
    announcements.start(nowMillis);
    broadcastIfDue(nowMillis);
    lookIfReady(nowMillis);
  }

  /** The answer to {@link Action.CheckRegistrations}. */
  public void registered(Set<Channel> known) {
    hearing.registered(known);
  }

  /** A message has come this way; it is handed over beside that. */
  public void heard(Channel channel, Replica sender) {
    if (!sender.equals(self)) {
      hearing.heard(channel, sender.name());
    }
  }

  /**
   * What a message claims that only this replica could say, for people; empty if it may be taken.
   * Its own broadcasts, and answers to its own name, come back to it.
   */
  public Optional<String> forgery(PeerMessage message) {
    boolean isOwn = message.sender().equals(self);
    if (isOwn && message instanceof Digest digest) {
      return digest.session() == announcements.presence().session()
          ? Optional.empty()
          : Optional.of("a digest says that this node sent it, in another run");
    }
    return isOwn && !(message instanceof Presence)
        ? Optional.of("a message says that this node sent it")
        : Optional.empty();
  }

  /** A message could not be sent to the node with that name. */
  public void unsent(String peer, long nowMillis) {
    hearing.unsent(peer, nowMillis);
  }

  /** Whether the peers reach this replica. */
  public RegistrationHealth hearing(long nowMillis) {
    return hearing.view(nowMillis);
  }

  /** A presence arrived, possibly this replica's own. */
  public void presence(Presence heard, long nowMillis) {
    if (ownMembership.isOwnName(heard.sender())) {
      ownMembership.hearOwnName(heard, nowMillis);
      return;
    }
    contacts
        .meet(heard.sender(), heard.session(), nowMillis)
        .ifPresent(
            peer -> {
              peer.reachedAt(heard.http());
              // A presence reaches all or none, so it proves nothing about the link: a digest does.
              if (peer.isSilent(nowMillis)) {
                digests.send(peer, nowMillis);
              }
            });
  }

  /**
   * A digest arrived. If the peer has more of this replica's own writes than were ever stamped, the
   * last action there will be is {@link OlderCopy}.
   */
  public void digest(Digest heard, long nowMillis) {
    if (!heard.sender().equals(self) && ownMembership.hear(heard)) {
      long own = progress.applied().get(self);
      identity.hear(heard.sender().name(), heard.heardSession(), nowMillis);
      VersionVector known = heard.received().join(heard.applied());
      identity
          .claimed(known, own)
          .map(standing -> new OlderCopy(heard.sender(), known.get(self), standing))
          .ifPresent(outbox::add);
      contacts
          .meet(heard.sender(), heard.session(), nowMillis)
          .ifPresent(peer -> take(heard, peer, nowMillis));
    }
  }

  /** A pull arrived. */
  public void pull(Pull heard, long nowMillis) {
    contacts.heard(heard.sender(), nowMillis);
    streams.pull(heard);
  }

  /** A message about a snapshot arrived: a request for a chunk, or an answer to one. */
  public void snapshot(SnapshotMessage heard, long nowMillis) {
    contacts.heard(heard.sender(), nowMillis);
    snapshots.hear(heard, nowMillis);
  }

  /**
   * The store has answered a {@link ReadSnapshot}. A snapshot with own writes that must not leave
   * yet is refused like one for which there is no room.
   */
  public void snapshotRead(ReadSnapshot read, Reply reply) {
    snapshots.read(read, reply);
  }

  /** The snapshot is durable and visible; {@link #applied} says how far it went. */
  public void snapshotInstalled(long nowMillis) {
    snapshots.installed(nowMillis);
  }

  /** The snapshot would make the data larger than it may be; it is tried again later. */
  public void snapshotDoesNotFit(long nowMillis) {
    snapshots.doesNotFit(nowMillis);
  }

  /** Whether a snapshot is needed for which there is no room. */
  public boolean lacksRoom() {
    return !snapshots.noRoom().isEmpty();
  }

  /** How far a snapshot is on its way here; empty if none is. */
  public Optional<SnapshotProgress> snapshotProgress() {
    return snapshots.progress();
  }

  /** The log was trimmed: this is what it holds no longer. */
  public void trimmed(VersionVector nowTrimmed) {
    progress.trimmed(nowTrimmed);
  }

  /** The causal buffer has changed without a batch from a peer, for example by own writes. */
  public void received(Receipt receipt, long nowMillis) {
    progress.received(receipt);
    lookIfReady(nowMillis);
  }

  /**
   * The causal buffer has taken in a batch, which is acknowledged at once.
   *
   * @param from who sent the batch
   * @param pulled whether it was pulled
   */
  public void receivedBatch(Receipt receipt, Replica from, boolean pulled, long nowMillis) {
    progress.received(receipt);
    hearing.heard(Channel.WRITES, from.name());
    contacts.heard(from, nowMillis);
    if (pulled) {
      repair.arrived(from, progress.received(), nowMillis);
      outbox.addAll(repair.look(progress.receipt(), nowMillis));
    } else {
      digests.answer(from.name());
    }
  }

  /** A commit is complete: this is durable and visible now, own writes among it may be sent. */
  public void applied(VersionVector nowApplied, long nowMillis) {
    peers.oweDigests(progress.applied(), nowApplied, nowMillis);
    progress.applied(nowApplied);
    identity.applied(nowApplied);
    ownMembership.applied(nowApplied);
    streams.fillLive(nowMillis);
    lookIfReady(nowMillis);
  }

  /**
   * A read of the log is complete.
   *
   * @param read the action that asked for it
   * @param writes what was read; empty if the log does not hold {@code read.from()}
   * @param nowTrimmed what the log holds no longer
   */
  public void logRead(ReadLog read, List<Write> writes, VersionVector nowTrimmed, long nowMillis) {
    progress.trimmed(nowTrimmed);
    streams.read(read, writes, nowMillis);
  }

  /**
   * Asks to be told when so many peers have applied an own write.
   *
   * @param ticket chosen by the caller to recognise the answer
   * @param sequence which own write
   * @param peers how many peers, at least 1
   * @param deadlineMillis when the answer comes in any case
   */
  public void awaitAcks(long ticket, long sequence, int peers, long deadlineMillis) {
    acks.await(ticket, sequence, peers, deadlineMillis);
  }

  /** A {@link Action.KeepRoster} is done: from now on the others hear of it, and soon. */
  public void rosterKept(Roster roster, long nowMillis) {
    ownMembership.kept(roster);
    digests.sendToLive(nowMillis);
  }

  /** A {@link Action.NoteStanding} is done. */
  public void standingNoted(Action.NoteStanding note, long nowMillis) {
    identity.noted(note.standing());
    lookIfReady(nowMillis);
    streams.fillLive(nowMillis);
  }

  /**
   * A member left for good; it counts no more once {@link #roster} says so.
   *
   * @param name of whom the latest known generation is meant
   */
  public ForgetOutcome forget(String name, long nowMillis) {
    return ownMembership.forget(name, nowMillis);
  }

  /**
   * The history of a former generation ends with its last write here; that is so once {@link
   * #roster} says it.
   */
  public RetireOutcome retire(Replica former, long nowMillis) {
    return retirements.order(former, nowMillis);
  }

  /** The members by name, this replica among them. */
  public List<MemberView> members(long nowMillis) {
    return membership.members(peers, nowMillis);
  }

  /** The generations that have writes here and are members no more. */
  public List<GenerationView> generations() {
    return stability.generations(retirements::isEnded);
  }

  /** Who belongs to the cluster, as far as this replica durably knows. */
  public Roster roster() {
    return membership.roster();
  }

  /** What every member has applied, and every write that is still to be applied here has seen. */
  public VersionVector stable() {
    return stability.stable();
  }

  /** The members that are not known to have applied all that is applied here. */
  public Set<Replica> waitingFor() {
    return stability.waitingFor();
  }

  /** Time has passed; to be called every 50 to 100 ms. */
  public void tick(long nowMillis) {
    broadcastIfDue(nowMillis);
    streams.expire(nowMillis);
    digests.sendDue(nowMillis);
    stability.look();
    acks.expire(nowMillis);
    outbox.addAll(repair.look(progress.receipt(), nowMillis));
    snapshots.look(repair, peers, nowMillis);
    if (announcements.isStarted()) {
      outbox.addAll(hearing.look(nowMillis));
    }
    lookIfReady(nowMillis);
  }

  /** What to do now, in order. */
  public List<Action> takeActions() {
    retirements.look();
    boolean isOver = identity.state().isEnd();
    return isOver ? outbox.takeEnd() : outbox.take();
  }

  /** Whether clients may be served. */
  public boolean isReady() {
    return readiness.isReady();
  }

  /** Why clients may not be served yet, for people; empty when they may. */
  public String notReady() {
    if (lacksRoom()) {
      return snapshots.noRoom();
    }
    String reason = readiness.notReady();
    return reason.isEmpty() ? "" : reason + snapshotProgress().map(p -> "; " + p).orElse("");
  }

  /**
   * Whether every peer that is not silent has applied the own writes up to this sequence: a replica
   * that ends now, and even loses its data, takes none of them with it as long as one peer lives.
   */
  public boolean isPushed(long sequence, long nowMillis) {
    return progress.applied().get(self) >= sequence && acks.isPushed(sequence, nowMillis);
  }

  /** What is known of every peer, by name. */
  public List<PeerView> peers(long nowMillis) {
    return peers.all().stream().map(peer -> peer.view(nowMillis)).toList();
  }

  /** Every replica that a person may meet here: in a vector, as a peer, or this one. */
  public Set<Replica> knownReplicas() {
    Set<Replica> known = new TreeSet<>();
    known.add(self);
    peers.all().forEach(peer -> known.add(peer.replica()));
    progress.received().forEach(last -> known.add(last.replica()));
    return known;
  }

  private void take(Digest digest, Peer peer, long nowMillis) {
    boolean isLatest = peer.accept(digest, self, nowMillis);
    contacts.heard(peer, nowMillis);
    if (isLatest) {
      stability.heard(digest);
      streams.fill(peer);
      acks.reached(digest.applied());
      if (digest.roster().isMember(self)) {
        catchUp.heard(peer.name(), digest.applied(), nowMillis);
      }
      lookIfReady(nowMillis);
    }
  }

  private void broadcastIfDue(long nowMillis) {
    announcements.due(isReady(), nowMillis).map(Broadcast::new).ifPresent(outbox::add);
  }

  private void lookIfReady(long nowMillis) {
    ownMembership.look(nowMillis);
    snapshots.noteInstalling(nowMillis);
    outbox.addAll(readiness.look(progress.applied(), membership.roster(), nowMillis));
    ownMembership.declareIf(isReady());
  }
}
