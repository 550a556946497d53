package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.core.snapshot.SnapshotTransfers.Reply;
import io.causa.identity.Incarnation;
import io.causa.membership.Feature;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Retirement;
import io.causa.membership.Roster;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.SnapshotMessage;
import io.causa.replication.message.Receipt;
import io.causa.replication.view.ReplicatorView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One replica's part in replication: what it knows of its peers, and what it says to them.
 *
 * <p>The façade of this package: inputs, then {@link #takeActions}, then {@link #view} for people.
 * Every input may make actions; the host takes them after one input or several, and carries them
 * out in order. Time is passed in: any clock in milliseconds that does not go back. Inputs may come
 * before {@link #start}.
 *
 * <p>Owner: the replication loop; no method may be called from elsewhere. Bounds: the state grows
 * with the number of replicas only; writes are held nowhere, but read from the log when they may be
 * sent.
 */
public final class Replicator {

  /** How many times rarer than others a silent peer gets digests. */
  static final int SILENT_DIGEST_SCALE = 4;

  private final Replica self;
  private final Parts parts;
  private final Reception reception;
  private boolean retiresOwnFormer;

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
    parts = new Parts(self, http, settings, applied, trimmed, roster, run, room);
    reception = new Reception(self, parts);
    parts.retirements.look(0);
  }

  /**
   * The cluster is joined, and messages to this replica arrive.
   *
   * @param otherMembers how many other members the cluster has at this moment
   */
  public void start(int otherMembers, long nowMillis) {
    if (parts.announcements.isStarted()) {
      throw new IllegalStateException(self + " was started before");
    }
    parts.catchUp.start(otherMembers, nowMillis);
    parts.ownMembership.start(otherMembers, nowMillis);
    parts.announcements.start(nowMillis);
    look(nowMillis);
  }

  /** The answer to {@link Action.CheckRegistrations}. */
  public void registered(Set<Channel> known) {
    parts.monitor.registered(known);
  }

  /**
   * A message arrived: takes it in according to its kind. It has passed {@link #forgery}. Batches
   * of writes go through the {@link Inbox} and {@link #receivedBatch} instead.
   *
   * @param channel by which it came
   */
  public void hear(Channel channel, PeerMessage message, long nowMillis) {
    heard(channel, message.sender());
    if (message instanceof Digest digest) {
      digest(digest, nowMillis);
    } else if (message instanceof Ack ack) {
      reception.ack(ack, nowMillis);
    } else if (message instanceof Presence presence) {
      presence(presence, nowMillis);
    } else if (message instanceof Pull pull) {
      pull(pull, nowMillis);
    } else if (message instanceof SnapshotMessage ofSnapshot) {
      snapshot(ofSnapshot, nowMillis);
    }
  }

  /** A message has come this way; {@link #hear} says so itself. */
  public void heard(Channel channel, Replica sender) {
    if (!sender.equals(self)) {
      parts.monitor.heard(channel, sender.name());
    }
  }

  /**
   * What a message claims that only this replica could say, for people; empty if it may be taken.
   * Its own broadcasts, and answers to its own name, come back to it.
   */
  public Optional<String> forgery(PeerMessage message) {
    return parts.announcements.forgery(message);
  }

  /** A message could not be sent to the node with that name. */
  public void unsent(String peer, long nowMillis) {
    parts.monitor.unsent(peer, nowMillis);
  }

  /** A presence arrived, possibly this replica's own. */
  public void presence(Presence heard, long nowMillis) {
    reception.presence(heard, nowMillis);
  }

  /**
   * A digest arrived. If the peer has more of this replica's own writes than were ever stamped, the
   * last action there will be is {@link Action.OlderCopy}.
   */
  public void digest(Digest heard, long nowMillis) {
    if (reception.digest(heard, nowMillis)) {
      look(nowMillis);
    }
    parts.retirements.look(nowMillis);
  }

  /** A pull arrived. */
  public void pull(Pull heard, long nowMillis) {
    reception.heard(heard.sender(), nowMillis);
    parts.streams.pull(heard);
  }

  /** A message about a snapshot arrived: a request for a chunk, or an answer to one. */
  public void snapshot(SnapshotMessage heard, long nowMillis) {
    reception.heard(heard.sender(), nowMillis);
    parts.snapshots.hear(heard, nowMillis);
  }

  /**
   * The store has answered a {@link ReadSnapshot}. A snapshot with own writes that must not leave
   * yet is refused like one for which there is no room.
   */
  public void snapshotRead(ReadSnapshot read, Reply reply) {
    parts.snapshots.read(read, reply);
  }

  /** The snapshot is durable and visible; {@link #applied} says how far it went. */
  public void snapshotInstalled(long nowMillis) {
    parts.snapshots.installed(nowMillis);
  }

  /** The snapshot would make the data larger than it may be; it is tried again later. */
  public void snapshotDoesNotFit(long nowMillis) {
    parts.snapshots.doesNotFit(nowMillis);
  }

  /** The log was trimmed: this is what it holds no longer. */
  public void trimmed(VersionVector nowTrimmed) {
    parts.progress.trimmed(nowTrimmed);
  }

  /**
   * The causal buffer has taken in a batch, which is acknowledged at once.
   *
   * @param from who sent the batch
   * @param pulled whether it was pulled
   */
  public void receivedBatch(Receipt receipt, Replica from, boolean pulled, long nowMillis) {
    parts.progress.received(receipt);
    heard(Channel.WRITES, from);
    reception.heard(from, nowMillis);
    if (pulled) {
      parts.repair.arrived(from, parts.progress.received(), nowMillis);
      parts.repair.look(parts.progress.receipt(), nowMillis);
    } else {
      parts.announcements.acknowledge(from);
    }
  }

  /** A commit is complete: this is durable and visible now, own writes among it may be sent. */
  public void applied(VersionVector nowApplied, long nowMillis) {
    parts.peers.oweAcks(parts.progress.applied(), nowApplied, nowMillis);
    parts.progress.applied(nowApplied);
    parts.identity.applied(nowApplied);
    parts.ownMembership.applied(nowApplied);
    parts.streams.fillLive(nowMillis);
    look(nowMillis);
  }

  /**
   * A read of the log is complete.
   *
   * @param read the action that asked for it
   * @param writes what was read; empty if the log does not hold {@code read.from()}
   * @param nowTrimmed what the log holds no longer
   */
  public void logRead(ReadLog read, List<Write> writes, VersionVector nowTrimmed, long nowMillis) {
    parts.progress.trimmed(nowTrimmed);
    parts.streams.read(read, writes, nowMillis);
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
    parts.acks.await(ticket, sequence, peers, deadlineMillis);
  }

  /**
   * A {@link Action.KeepRoster} is done: from now on the others hear of it, and soon; of orders to
   * retire generations not before {@link #excludes}.
   */
  public void rosterKept(Roster roster, long nowMillis) {
    parts.ownMembership.kept(roster);
    rosterShown(nowMillis);
  }

  /**
   * An {@link Action.Retire} is done: nothing is received any more that is behind it.
   *
   * @param receipt what is received by now: what was taken in before and is applied, too
   */
  public void excludes(Retirement now, Receipt receipt, long nowMillis) {
    parts.progress.received(receipt);
    Roster before = roster();
    parts.ownMembership.excludes(now);
    if (!roster().equals(before)) {
      rosterShown(nowMillis);
    }
  }

  private void rosterShown(long nowMillis) {
    parts.announcements.sendDigestsToLive(nowMillis);
    parts.streams.fillLive(nowMillis);
    look(nowMillis);
  }

  /** A {@link Action.NoteStanding} is done. */
  public void standingNoted(Action.NoteStanding note, long nowMillis) {
    parts.identity.noted(note.standing());
    look(nowMillis);
    parts.streams.fillLive(nowMillis);
  }

  /**
   * A member left for good; it counts no more once {@link #roster} says so.
   *
   * @param name of whom the latest known generation is meant
   */
  public ForgetOutcome forget(String name, long nowMillis) {
    ForgetOutcome outcome = parts.ownMembership.forget(name, nowMillis);
    parts.retirements.look(nowMillis);
    return outcome;
  }

  /**
   * The history of a former generation ends with its last write here; that is so once {@link
   * #roster} says it.
   */
  public RetireOutcome retire(Replica former, long nowMillis) {
    RetireOutcome outcome = parts.retirements.order(former, nowMillis);
    parts.retirements.look(nowMillis);
    return outcome;
  }

  /**
   * From now on the former generations of this replica's name are retired as soon as that may be:
   * their data is gone with their processes.
   */
  public void retireOwnFormer() {
    retiresOwnFormer = true;
  }

  /** Time has passed; to be called every 50 to 100 ms. */
  public void tick(long nowMillis) {
    parts.announcements.broadcastIfDue(isReady(), nowMillis);
    parts.streams.expire(nowMillis);
    parts.announcements.sendDueDigests(nowMillis);
    parts.stability.look();
    parts.acks.expire(nowMillis);
    parts.repair.look(parts.progress.receipt(), nowMillis);
    parts.snapshots.look(parts.repair, parts.peers, nowMillis);
    if (parts.announcements.isStarted()) {
      parts.monitor.look(nowMillis);
    }
    if (retiresOwnFormer) {
      parts.retirements.orderOwnFormer(nowMillis);
    }
    look(nowMillis);
  }

  /** Returns what is to be done now, in order, and forgets it. */
  public List<Action> takeActions() {
    return parts.outbox.take();
  }

  /** Whether clients may be served. */
  public boolean isReady() {
    return parts.readiness.isReady();
  }

  /** Whether a snapshot is needed for which there is no room. */
  public boolean lacksRoom() {
    return !parts.snapshots.noRoom().isEmpty();
  }

  /**
   * Whether every peer that is not silent has applied the own writes up to this sequence: a replica
   * that ends now, and even loses its data, takes none of them with it as long as one peer lives.
   */
  public boolean isPushed(long sequence, long nowMillis) {
    return parts.progress.applied().get(self) >= sequence
        && parts.acks.isPushed(sequence, nowMillis);
  }

  /** Who belongs to the cluster, as far as this replica durably knows. */
  public Roster roster() {
    return parts.membership.roster();
  }

  /**
   * Returns whether every member has said that it knows the feature, so that it may be used. That
   * may become false again: when a member starts again or a new one joins, until it has said so. A
   * feature that has to stay in use is noted in the data, and named in each message that needs it.
   */
  public boolean agrees(Feature feature) {
    return parts.peers.agreement(self, parts.membership.known()).has(feature);
  }

  /** Returns what this replica knows, for people. */
  public ReplicatorView view(long nowMillis) {
    return parts.view(nowMillis);
  }

  private void look(long nowMillis) {
    parts.readiness.look(nowMillis);
    parts.retirements.look(nowMillis);
  }
}
