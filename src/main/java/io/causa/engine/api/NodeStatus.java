package io.causa.engine.api;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.DataFill;
import io.causa.membership.Agreement;
import io.causa.membership.GenerationView;
import io.causa.membership.MemberView;
import java.util.List;
import java.util.Optional;

/**
 * A picture of the node for people and probes. Its parts are of about the same instant, not
 * exactly.
 *
 * @param applied what is applied here
 * @param lamport the highest Lamport time seen
 * @param keys how many keys have a state; tombstones count
 * @param conflicts how many keys have concurrent versions that lost, now
 * @param conflictsSeen how many times a write met a concurrent version since the start
 * @param bufferedWrites how many remote writes are held back
 * @param bufferedBytes how many bytes they have
 * @param buffered the first of them
 * @param heldRequests how many requests wait for their context, held writes included
 * @param heldWrites how many held writes are among them
 * @param heldBytes what the held writes occupy on the heap, about
 * @param held the first of the held writes ({@code respond-async}, {@code vc})
 * @param expiredHeld how many held writes were given up since the start
 * @param peers the replicas that this node has met
 * @param members who belongs to the cluster
 * @param generations who has writes here, and is no member any more
 * @param logBytes what the log occupies, about
 * @param logLimitBytes how much it may occupy
 * @param trimmed what the log holds no longer
 * @param stability what became of deletes
 * @param snapshots those on their way to and from here
 * @param feedDropped how many applied writes were not published because subscribers were too slow
 * @param notReady why the node is not ready; empty when it is
 * @param bus whether the peers reach this node
 * @param data how full the store is
 * @param agreement which messages and features all members understand
 */
public record NodeStatus(
    VersionVector applied,
    long lamport,
    int keys,
    int conflicts,
    long conflictsSeen,
    int bufferedWrites,
    long bufferedBytes,
    List<Buffered> buffered,
    int heldRequests,
    int heldWrites,
    long heldBytes,
    List<HeldWrite> held,
    long expiredHeld,
    List<Peer> peers,
    List<MemberView> members,
    List<GenerationView> generations,
    long logBytes,
    long logLimitBytes,
    VersionVector trimmed,
    Stability stability,
    Snapshots snapshots,
    long feedDropped,
    String notReady,
    Bus bus,
    DataFill data,
    Agreement agreement) {

  /**
   * How the event bus does.
   *
   * @param trouble what makes this node doubt that its peers reach it; empty if nothing does
   * @param renewals how often it has registered anew with the cluster since the start
   * @param rejoins how often it has left the cluster and joined it again since the start
   * @param badMessages the messages that were dropped since the start
   * @param replicas how many replicas this node has heard of, all generations counted
   * @param replicaLimit how many it lets in
   */
  public record Bus(
      String trouble,
      long renewals,
      long rejoins,
      List<BadMessages> badMessages,
      int replicas,
      int replicaLimit) {}

  /**
   * Messages that were dropped.
   *
   * @param sender who they say sent them
   * @param reason why, for people
   */
  public record BadMessages(String sender, String reason, long messages) {}

  /**
   * How far the members are known to have come together.
   *
   * @param stable what every member has applied, and every write that is still to come has seen
   * @param tombstones how many deleted keys wait until that covers them
   * @param waitingFor the members that are not known to have applied all that is applied here
   * @param lateWrites how many writes since the start had missed a delete that is forgotten here
   */
  public record Stability(
      VersionVector stable, int tombstones, List<Replica> waitingFor, long lateWrites) {}

  /** A remote write that is held back, and the one dot that it waits for. */
  public record Buffered(Dot version, List<String> keys, Dot waitsFor) {}

  /**
   * Snapshots under way.
   *
   * @param fetching the one that this node gets because nobody's log reaches back; empty if none
   * @param serving those that this node gives
   */
  public record Snapshots(Optional<Fetching> fetching, List<Serving> serving) {}

  /**
   * A snapshot on its way here. Nothing of it is visible before it is installed.
   *
   * @param from whose it is
   * @param keys how many keys have arrived
   * @param bytes how many bytes they have, about
   * @param installing whether it is complete and becomes durable now
   */
  public record Fetching(Replica from, long keys, long bytes, boolean installing) {}

  /**
   * A snapshot on its way to a peer.
   *
   * @param to who gets it
   * @param keys how many keys it was given so far
   */
  public record Serving(Replica to, long keys) {}

  /**
   * Another replica.
   *
   * @param replica its latest known generation
   * @param http where clients reach it
   * @param silent whether it has not been heard of for longer than the configured time
   * @param heardMillisAgo how long ago it was heard of
   * @param received how many of our writes it has received
   * @param applied how many of our writes it has applied
   * @param lag how many of our writes it has not applied yet
   */
  public record Peer(
      Replica replica,
      String http,
      boolean silent,
      long heardMillisAgo,
      long received,
      long applied,
      long lag) {}
}
