package io.causa.replication;

import io.causa.clock.VersionVector;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;

/**
 * Carries out what the {@link Replicator} wants done. It has one method for each kind of {@link
 * Action}: a host that forgets a kind does not compile.
 *
 * <p>Every method is called on the replication loop, in the order of the actions. None may call the
 * replicator before it returns: an answer is an input of a later turn.
 */
public interface Actions {

  /** Sends the message to the replica that is live under this name; see {@link Action.Send}. */
  void send(String peer, PeerMessage message, int version);

  /** Tells every member of the cluster; see {@link Action.Broadcast}. */
  void broadcast(PeerMessage.Presence message, int version);

  /** Reads the log and answers with {@link Replicator#logRead}. */
  void readLog(Action.ReadLog read);

  /**
   * Reads a slice of a snapshot from the store and answers with {@link Replicator#snapshotRead}.
   */
  void readSnapshot(Action.ReadSnapshot read);

  /** Installs a snapshot and answers with {@link Replicator#snapshotInstalled}. */
  void installSnapshot(Action.InstallSnapshot install);

  /**
   * Tells the client that waits how many peers have applied its write; see {@link Action.Acked}.
   */
  void acked(Action.Acked answer);

  /** Tells the store what is causally stable; see {@link Action.Stable}. */
  void stable(VersionVector stable);

  /** Tells the inbox that the data is the latest there is; see {@link Action.Confirmed}. */
  void confirmed();

  /** Tells the store that it may stamp; see {@link Action.MayStamp}. */
  void mayStamp();

  /**
   * Lets clients in; comes once.
   *
   * @param warning what the replica waited for in vain; empty if it caught up
   */
  void ready(String warning);

  /** Makes the roster durable and answers with {@link Replicator#rosterKept}. */
  void keepRoster(Roster roster);

  /** Tells the inbox and the store which generations are retired; see {@link Action.Retire}. */
  void retire(Action.Retire retire);

  /** Tells the store which bases the own vector may take; see {@link Action.Raise}. */
  void raise(VersionVector bases);

  /** Makes the standing durable and answers with {@link Replicator#standingNoted}. */
  void noteStanding(Action.NoteStanding note);

  /** Stops the node, which is a member no more; see {@link Action.Expelled}. */
  void expelled(Action.Expelled expelled);

  /** Stops the node, which must not join; see {@link Action.Abandoned}. */
  void abandoned(Action.Abandoned abandoned);

  /** Stops the node, whose data is an older copy of itself; see {@link Action.OlderCopy}. */
  void olderCopy(Action.OlderCopy found);

  /** Stops the node, as another one has its name; see {@link Action.Collision}. */
  void collision(Action.Collision found);

  /**
   * Asks the cluster about this replica's channels and answers with {@link Replicator#registered}.
   */
  void checkRegistrations();

  /**
   * Registers this replica's addresses again; see {@link Action.Renew}.
   *
   * @param reason for people
   */
  void renew(String reason);

  /**
   * Leaves the cluster and joins it again; see {@link Action.Rejoin}.
   *
   * @param reason for people
   */
  void rejoin(String reason);
}
