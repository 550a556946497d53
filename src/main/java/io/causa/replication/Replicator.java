package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Roster;
import io.causa.core.SnapshotTransfers.Reply;
import io.causa.core.Write;
import io.causa.replication.Action.Broadcast;
import io.causa.replication.Action.Collision;
import io.causa.replication.Action.Expelled;
import io.causa.replication.Action.KeepRoster;
import io.causa.replication.Action.OlderCopy;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.replication.Action.Send;
import io.causa.replication.PeerMessage.Digest;
import io.causa.replication.PeerMessage.Presence;
import io.causa.replication.PeerMessage.Pull;
import io.causa.replication.PeerMessage.SnapshotChunk;
import io.causa.replication.PeerMessage.SnapshotMessage;
import io.causa.replication.PeerMessage.SnapshotRefused;
import io.causa.replication.PeerMessage.SnapshotRequest;
import io.causa.replication.PeerMessage.WriteBatch;
import java.util.ArrayList;
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

  private final Replica self;
  private final Announcements announcements;
  private final Peers peers;
  private final GapRepair repair;
  private final PullService pulls;
  private final CatchUp catchUp;
  private final NameCollision collision;
  private final Hearing hearing;
  private final Readiness readiness;
  private final SnapshotFetch fetch;
  private final SnapshotService snapshots;
  private final AckWaits ackWaits = new AckWaits();
  private final OwnHistory ownHistory;
  private final Membership membership;
  private final Stability stability;
  private VersionVector stable = VersionVector.EMPTY;
  private final Declaration declaration;
  private List<Action> actions = new ArrayList<>();
  private VersionVector applied;
  private VersionVector trimmed;
  private Receipt here;
  private long tickets;
  private boolean expelled;

  /**
   * @param self this replica
   * @param session larger than that of any earlier start of a node with this name
   * @param http where clients reach this node
   * @param applied what is durable and visible here
   * @param trimmed what the log holds no longer
   * @param roster whom the runs before knew
   * @param past what the data says of the own writes in it
   */
  public Replicator(
      Replica self,
      long session,
      String http,
      ReplicationSettings settings,
      VersionVector applied,
      VersionVector trimmed,
      Roster roster,
      OwnPast past) {
    this.self = self;
    this.applied = applied;
    this.trimmed = trimmed;
    this.ownHistory = new OwnHistory(self, session, past, settings.digestIntervalMillis());
    this.ownHistory.applied(applied);
    this.here = new Receipt(applied, VersionVector.EMPTY);
    this.membership = new Membership(self, roster, applied);
    this.stability = new Stability(self);
    this.declaration = new Declaration(self.name());
    this.announcements = new Announcements(new Presence(self, session, http), settings);
    this.peers = new Peers(settings);
    this.hearing = new Hearing(peers, settings);
    this.repair = new GapRepair(self, peers, settings);
    this.pulls = new PullService(self, settings.pullBytes());
    this.catchUp = new CatchUp(settings.readyTimeoutMillis());
    this.collision = new NameCollision(self, session);
    this.readiness = new Readiness(catchUp, ownHistory, collision);
    this.fetch = new SnapshotFetch(self, session, settings);
    this.snapshots = new SnapshotService(self, settings.pullBytes());
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
    declaration.start(otherMembers, nowMillis);
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

  /** A message could not be sent to the node with that name. */
  public void unsent(String peer, long nowMillis) {
    hearing.unsent(peer, nowMillis);
  }

  /** Whether the peers reach this replica. */
  public HearingView hearing(long nowMillis) {
    return hearing.view(nowMillis);
  }

  /** A presence arrived, possibly this replica's own. */
  public void presence(Presence heard, long nowMillis) {
    if (isOwnName(heard.sender())) {
      hearOwnName(heard, nowMillis);
      return;
    }
    peers
        .meet(heard.sender(), heard.session(), nowMillis)
        .ifPresent(
            met -> {
              met.peer().reachedAt(heard.http());
              greet(met, nowMillis);
              // A presence reaches all or none, so it proves nothing about the link: a digest does.
              if (met.peer().isSilent(nowMillis)) {
                sendDigest(met.peer(), nowMillis);
              }
            });
  }

  /**
   * A digest arrived. If the peer has more of this replica's own writes than were ever stamped, the
   * last action there will be is {@link Action.OlderCopy}.
   */
  public void digest(Digest heard, long nowMillis) {
    learn(membership.heard(heard.roster()));
    peers.keep(membership.known());
    if (isOwnName(heard.sender()) || isFormer(heard)) {
      return;
    }
    declaration.heard(heard.sender().name());
    ownHistory.hear(heard, applied.get(self), nowMillis).ifPresent(actions::add);
    peers
        .meet(heard.sender(), heard.session(), nowMillis)
        .ifPresent(
            met -> {
              greet(met, nowMillis);
              take(heard, met.peer(), nowMillis);
            });
  }

  /** A pull arrived. */
  public void pull(Pull heard, long nowMillis) {
    peers.find(heard.sender()).ifPresent(peer -> hear(peer, nowMillis));
    pulls.read(heard, ownHistory.mayLeave(applied), this::nextTicket).ifPresent(actions::add);
  }

  /** A message about a snapshot arrived: a request for a chunk, or an answer to one. */
  public void snapshot(SnapshotMessage heard, long nowMillis) {
    peers.find(heard.sender()).ifPresent(peer -> hear(peer, nowMillis));
    if (heard instanceof SnapshotRequest request) {
      actions.add(snapshots.read(request));
    } else if (heard instanceof SnapshotChunk chunk) {
      take(chunk, nowMillis);
    } else if (heard instanceof SnapshotRefused refused && fetch.refused(refused, nowMillis)) {
      catchUp.progressed(nowMillis);
    }
  }

  /**
   * The store has answered a {@link ReadSnapshot}. A snapshot with own writes that must not leave
   * yet is refused like one for which there is no room.
   */
  public void snapshotRead(ReadSnapshot read, Reply reply) {
    if (reply instanceof Reply.Slice slice) {
      VersionVector vector = slice.instant().vector();
      boolean mayLeave = ownHistory.mayLeave(vector).equals(vector);
      ownHistory.sending(mayLeave ? vector : VersionVector.EMPTY);
      actions.add(snapshots.answer(read, mayLeave ? reply : new Reply.Busy()));
    } else {
      actions.add(snapshots.answer(read, reply));
    }
  }

  /** The snapshot is durable and visible; {@link #applied} says how far it went. */
  public void snapshotInstalled(long nowMillis) {
    fetch.installed();
    catchUp.progressed(nowMillis);
  }

  /** How far a snapshot is on its way here; empty if none is. */
  public Optional<SnapshotProgress> snapshotProgress() {
    return fetch.progress();
  }

  /** The log was trimmed: this is what it holds no longer. */
  public void trimmed(VersionVector nowTrimmed) {
    trimmed = trimmed.join(nowTrimmed);
  }

  /** The causal buffer has changed without a batch from a peer, for example by own writes. */
  public void received(Receipt receipt, long nowMillis) {
    here = receipt.and(applied);
    lookIfReady(nowMillis);
  }

  /**
   * The causal buffer has taken in a batch, which is acknowledged at once.
   *
   * @param from who sent the batch
   * @param pulled whether it was pulled
   */
  public void receivedBatch(Receipt receipt, Replica from, boolean pulled, long nowMillis) {
    here = receipt.and(applied);
    hearing.heard(Channel.WRITES, from.name());
    peers.find(from).ifPresent(peer -> hear(peer, nowMillis));
    if (pulled) {
      repair.arrived(from, here.received(), nowMillis);
      actions.addAll(repair.look(here, nowMillis));
    } else {
      actions.add(new Send(from.name(), nextDigest(from.name())));
    }
  }

  /** A commit is complete: this is durable and visible now, own writes among it may be sent. */
  public void applied(VersionVector nowApplied, long nowMillis) {
    peers.oweDigests(applied, nowApplied, nowMillis);
    applied = nowApplied;
    ownHistory.applied(nowApplied);
    learn(membership.applied(nowApplied));
    here = here.and(applied);
    peers.live(nowMillis).forEach(this::fill);
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
    trimmed = trimmed.join(nowTrimmed);
    if (read.pulled()) {
      ownHistory.sending(writes);
      pulls.answer(read, writes).ifPresent(actions::add);
      return;
    }
    peers
        .find(read.peer())
        .ifPresent(
            peer -> {
              push(peer, read, writes, nowMillis);
              if (!peer.isSilent(nowMillis)) {
                fill(peer);
              }
            });
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
    actions.addAll(ackWaits.await(ticket, sequence, peers, deadlineMillis, this::appliedBy));
  }

  /** A {@link Action.KeepRoster} is done: from now on the others hear of it, and soon. */
  public void rosterKept(Roster roster, long nowMillis) {
    learn(membership.kept(roster));
    peers.live(nowMillis).forEach(peer -> sendDigest(peer, nowMillis));
  }

  /** A {@link Action.NoteDoubt} is done. */
  public void doubtNoted(Action.NoteDoubt note, long nowMillis) {
    ownHistory.noted(note);
    lookIfReady(nowMillis);
    peers.live(nowMillis).forEach(this::fill);
  }

  /**
   * A member left for good; it counts no more once {@link #roster} says so.
   *
   * @param name of whom the latest known generation is meant
   */
  public Forgetting forget(String name, long nowMillis) {
    Forgetting outcome = membership.forget(name, peers.find(name), nowMillis);
    peers.keep(membership.known());
    learn(membership.keep());
    return outcome;
  }

  /** The members by name, this replica among them. */
  public List<MemberView> members(long nowMillis) {
    return membership.members(peers, nowMillis);
  }

  /** The generations that have writes here and are members no more. */
  public List<GenerationView> generations() {
    Roster roster = membership.roster();
    VersionVector everywhere = stableNow();
    VersionVector anywhere = peers.received().join(here.received()).join(applied);
    return roster.former(applied).stream()
        .map(
            former ->
                new GenerationView(
                    former,
                    applied.get(former),
                    roster.find(former.name()).filter(e -> e.replica().equals(former)).isPresent(),
                    everywhere.get(former) == anywhere.get(former)))
        .toList();
  }

  /** Who belongs to the cluster, as far as this replica durably knows. */
  public Roster roster() {
    return membership.roster();
  }

  /** What every member has applied, and every write that is still to be applied here has seen. */
  public VersionVector stable() {
    return stable;
  }

  /** The members that are not known to have applied all that is applied here. */
  public Set<Replica> waitingFor() {
    return stability.waitingFor(applied, membership.roster());
  }

  /** Time has passed; to be called every 50 to 100 ms. */
  public void tick(long nowMillis) {
    broadcastIfDue(nowMillis);
    for (Peer peer : peers.live(nowMillis)) {
      peer.stream().ifPresent(stream -> stream.expire(nowMillis));
      fill(peer);
    }
    sendDueDigests(nowMillis);
    lookWhatIsStable();
    actions.addAll(ackWaits.expire(nowMillis, this::appliedBy));
    actions.addAll(repair.look(here, nowMillis));
    fetch.look(repair.onlyBySnapshot(nowMillis), peers, nowMillis).ifPresent(actions::add);
    if (announcements.isStarted()) {
      actions.addAll(hearing.look(nowMillis));
    }
    lookIfReady(nowMillis);
  }

  /** What to do now, in order. */
  public List<Action> takeActions() {
    if (ownHistory.isOlderCopy() || expelled) {
      actions.removeIf(action -> !(action instanceof OlderCopy || action instanceof Expelled));
    }
    List<Action> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }

  /** Whether clients may be served. */
  public boolean isReady() {
    return readiness.isReady();
  }

  /** Why clients may not be served yet, for people; empty when they may. */
  public String notReady() {
    String reason = readiness.notReady();
    return reason.isEmpty() ? "" : reason + fetch.progress().map(p -> "; " + p).orElse("");
  }

  /**
   * Whether every peer that is not silent has applied the own writes up to this sequence: a replica
   * that ends now, and even loses its data, takes none of them with it as long as one peer lives.
   */
  public boolean isPushed(long sequence, long nowMillis) {
    return applied.get(self) >= sequence
        && peers.live(nowMillis).stream().allMatch(peer -> peer.applied().get(self) >= sequence);
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
    here.received().forEach(last -> known.add(last.replica()));
    return known;
  }

  /** Something may be new about the members. */
  private void learn(Optional<KeepRoster> change) {
    change.ifPresent(actions::add);
    if (!expelled && membership.isExpelled()) {
      expelled = true;
      actions.add(membership.expelled(ownHistory.mayLeave(Long.MAX_VALUE)));
    }
  }

  /** Whether the sender is a member no more. It does not know that, and our digest says so. */
  private boolean isFormer(Digest heard) {
    boolean former = membership.isFormer(heard);
    if (former) {
      peers.drop(heard.sender());
      actions.add(new Send(heard.sender().name(), nextDigest(heard.sender().name())));
    }
    return former;
  }

  private boolean isOwnName(Replica sender) {
    return sender.name().equals(self.name());
  }

  private void hearOwnName(Presence heard, long nowMillis) {
    if (membership.isDeclared() && !heard.sender().equals(self)) {
      // Which generation holds the name stands in the roster; the other one has to hear of it.
      announcements.hasten();
      actions.add(new Send(self.name(), nextDigest(self.name())));
      return;
    }
    switch (collision.heard(heard.sender(), heard.session(), nowMillis)) {
      case ECHO -> {}
      case SUSPICION -> announcements.hasten();
      case COLLISION -> actions.add(new Collision(heard.sender(), heard.http()));
    }
  }

  /** Whoever is new here may not know us either, and waits for our vectors. */
  private void greet(Peers.Met met, long nowMillis) {
    if (met.isNew()) {
      actions.add(new Send(met.peer().name(), announcements.presence()));
      sendDigest(met.peer(), nowMillis);
    }
  }

  private void take(SnapshotChunk chunk, long nowMillis) {
    Optional<OlderCopy> older =
        ownHistory.compare(chunk.sender(), chunk.instant().vector(), applied.get(self));
    Optional<Action> next = older.isPresent() ? Optional.empty() : fetch.take(chunk, nowMillis);
    older.ifPresent(actions::add);
    next.ifPresent(
        action -> {
          catchUp.progressed(nowMillis);
          actions.add(action);
        });
  }

  private void take(Digest digest, Peer peer, long nowMillis) {
    boolean isLatest = peer.accept(digest, self, nowMillis);
    hear(peer, nowMillis);
    if (isLatest) {
      stability.heard(digest, applied, membership.roster());
      fill(peer);
      actions.addAll(ackWaits.reached(digest.applied().get(self), this::appliedBy));
      if (digest.roster().isMember(self)) {
        catchUp.heard(peer.name(), digest.applied(), nowMillis);
      }
      lookIfReady(nowMillis);
    }
  }

  private void hear(Peer peer, long nowMillis) {
    boolean wasSilent = peer.isSilent(nowMillis);
    peer.heard(nowMillis);
    if (wasSilent) {
      peer.stream().ifPresent(PeerStream::wake);
      sendDigest(peer, nowMillis);
      fill(peer);
    }
  }

  private void push(Peer peer, ReadLog read, List<Write> writes, long nowMillis) {
    List<Write> send =
        peer.stream().map(stream -> stream.accept(read, writes, nowMillis)).orElse(List.of());
    ownHistory.sending(send);
    if (!send.isEmpty()) {
      actions.add(new Send(peer.name(), new WriteBatch(self, false, send)));
    }
  }

  private void fill(Peer peer) {
    peer.stream()
        .flatMap(
            stream -> stream.nextRead(ownHistory.mayLeave(applied.get(self)), this::nextTicket))
        .ifPresent(actions::add);
  }

  private void sendDueDigests(long nowMillis) {
    for (Peer peer : peers.all()) {
      if (peer.isDigestDue(nowMillis)) {
        sendDigest(peer, nowMillis);
      }
    }
  }

  private void sendDigest(Peer peer, long nowMillis) {
    actions.add(new Send(peer.name(), nextDigest(peer.name())));
    peer.digestSent(nowMillis);
  }

  private Digest nextDigest(String to) {
    return announcements.digest(
        ownHistory.mayLeave(here.received()),
        ownHistory.claim(applied),
        trimmed,
        membership.roster(),
        peers.find(to).map(Peer::session).orElse(0L));
  }

  private void broadcastIfDue(long nowMillis) {
    announcements.due(isReady(), nowMillis).map(Broadcast::new).ifPresent(actions::add);
  }

  private void lookIfReady(long nowMillis) {
    boolean suspected = collision.isSuspected(nowMillis);
    declareIf(declaration.isDue(membership.known(), suspected, nowMillis));
    if (fetch.isInstalling()) {
      catchUp.progressed(nowMillis);
    }
    actions.addAll(readiness.look(applied, membership.roster(), nowMillis));
    declareIf(isReady());
  }

  private void declareIf(boolean due) {
    if (due && !membership.isDeclared()) {
      learn(membership.declare());
    }
  }

  private VersionVector stableNow() {
    return membership.isSettled()
        ? stability.stable(applied, membership.roster())
        : VersionVector.EMPTY;
  }

  /** With each tick and not with each digest, as what becomes stable costs a commit. */
  private void lookWhatIsStable() {
    VersionVector now = stableNow();
    if (!now.equals(stable)) {
      stable = now;
      actions.add(new Action.Stable(now));
    }
  }

  /** How many peers have applied this own write. */
  private long appliedBy(long sequence) {
    return peers.all().stream().filter(peer -> peer.applied().get(self) >= sequence).count();
  }

  private long nextTicket() {
    return ++tickets;
  }
}
