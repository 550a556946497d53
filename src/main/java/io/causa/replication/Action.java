package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.identity.Standing;
import io.causa.membership.Capabilities;
import io.causa.membership.Retirement;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;

/**
 * What the {@link Replicator} wants done by its host. The kinds are values, so that a test can
 * compare them; a host implements {@link Actions}, which has a method for each of them.
 */
public sealed interface Action {

  /** Has the host carry this out: calls its method for this kind. */
  void carryOut(Actions by);

  /**
   * Send the message to the replica that is live under this name; nobody needs to know whether it
   * arrives.
   *
   * @param version a version of messages that the replica reads
   */
  record Send(String peer, PeerMessage message, int version) implements Action {

    /** In the version that every replica reads. */
    Send(String peer, PeerMessage message) {
      this(peer, message, Capabilities.EARLIEST);
    }

    @Override
    public void carryOut(Actions by) {
      by.send(peer, message, version);
    }
  }

  /**
   * Ask the cluster which channels it knows this replica by, and hand the answer to {@link
   * Replicator#registered}: none, if it fails.
   */
  record CheckRegistrations() implements Action {
    @Override
    public void carryOut(Actions by) {
      by.checkRegistrations();
    }
  }

  /**
   * Register this replica's addresses anew with the cluster, and remove those of members that are
   * no more.
   *
   * @param reason for people
   */
  record Renew(String reason) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.renew(reason);
    }
  }

  /**
   * Leave the cluster and join it again, with everything that is registered: it does not confirm
   * that even anew.
   *
   * @param reason for people
   */
  record Rejoin(String reason) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.rejoin(reason);
    }
  }

  /**
   * Tell every member of the cluster, whether it was met or not.
   *
   * @param version a version of messages that all of them read, as far as that is known
   */
  record Broadcast(PeerMessage.Presence message, int version) implements Action {

    /** In the version that every replica reads. */
    Broadcast(PeerMessage.Presence message) {
      this(message, Capabilities.EARLIEST);
    }

    @Override
    public void carryOut(Actions by) {
      by.broadcast(message, version);
    }
  }

  /**
   * Read the log and hand the result to {@link Replicator#logRead}, an empty one if the log does
   * not hold {@code from}. Reads may complete in any order.
   *
   * @param ticket tells this read from all others
   * @param peer the name of the replica that the writes are for
   * @param pulled whether it asked for them
   * @param origin whose writes
   * @param from the first sequence wanted
   * @param to the last sequence wanted, inclusive
   * @param maxBytes how much to read at the most; at least one write whatever its size
   */
  record ReadLog(
      long ticket, String peer, boolean pulled, Replica origin, long from, long to, int maxBytes)
      implements Action {
    @Override
    public void carryOut(Actions by) {
      by.readLog(this);
    }
  }

  /**
   * The replica may serve clients from now on. Comes once.
   *
   * @param warning what the replica waited for in vain; empty if it caught up
   */
  record Ready(String warning) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.ready(warning);
    }
  }

  /**
   * Make the roster durable, then call {@link Replicator#rosterKept}. The next one comes only after
   * that.
   */
  record KeepRoster(Roster roster) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.keepRoster(roster);
    }
  }

  /**
   * Every member has applied so much, and every write that is applied here from now on has seen so
   * much: tombstones among it may go. May be less than before when somebody joins.
   */
  record Stable(VersionVector stable) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.stable(stable);
    }
  }

  /**
   * A node that was started earlier lives under this node's name: this one must stop.
   *
   * @param other the earlier one
   * @param http where clients reach it
   */
  record Collision(Replica other, String http) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.collision(this);
    }
  }

  /**
   * Make durable that the own writes are doubted from now on, or are trusted, and say so to {@link
   * Replicator#standingNoted}. One at a time.
   */
  record NoteStanding(Standing standing) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.noteStanding(this);
    }
  }

  /**
   * This replica is a member no more: it was forgotten, or a later generation took its name. The
   * others no longer wait to hear from it, so it must stop; nothing else is to be done any more.
   *
   * @param latest this replica, or the generation that took its name
   * @param standing to be made durable first: the own writes that keep their dots reach the others
   *     from whoever holds them
   * @param least if the generation of this replica has ended, as its clock was behind: the least
   *     one that may take the name; else 0
   */
  record Expelled(Replica latest, Standing standing, long least) implements Action {

    /** Any later generation may take the name. */
    public Expelled(Replica latest, Standing standing) {
      this(latest, standing, 0);
    }

    @Override
    public void carryOut(Actions by) {
      by.expelled(this);
    }
  }

  /**
   * Generations are retired: to be told to {@link Inbox#retire} and {@link
   * io.causa.core.store.Store#retire}.
   *
   * @param excluded what is taken in no more: ordered, and maybe not known to all members yet
   * @param ended what nothing waits for any more, since no member has it or will take it in
   */
  record Retire(Retirement excluded, Retirement ended) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.retire(this);
    }
  }

  /**
   * All members know what has ended before these bases: to be told to {@link
   * io.causa.core.store.Store#raise}. Comes behind the {@link Retire} that says the same.
   *
   * @param bases a vector of bases, those that were told before included
   */
  record Raise(VersionVector bases) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.raise(bases);
    }
  }

  /**
   * The data here holds a write that the cluster has given up, and nobody would take: the node must
   * not join.
   *
   * @param held the last write of the generation that is here
   * @param last the last one that is part of its history
   */
  record Abandoned(Dot held, long last) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.abandoned(this);
    }
  }

  /**
   * The peers know nothing later of the own writes than the data here: to be told to {@link
   * Inbox#confirmed}. Comes once, unless the generation was made in this run.
   */
  record Confirmed() implements Action {
    @Override
    public void carryOut(Actions by) {
      by.confirmed();
    }
  }

  /**
   * Own writes may be stamped from now on: to be told to the store, which adopts late writes and
   * installs snapshots only then. Comes once, before {@link Ready}, unless the run began so.
   */
  record MayStamp() implements Action {
    @Override
    public void carryOut(Actions by) {
      by.mayStamp();
    }
  }

  /**
   * The answer to {@link Replicator#awaitAcks}.
   *
   * @param ticket the question
   * @param peers how many peers have applied the write; fewer than asked for if the time is up
   */
  record Acked(long ticket, int peers) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.acked(this);
    }
  }

  /**
   * A peer has more of this replica's own writes than its data holds: the data is an older copy of
   * itself, and the next write would get a dot that is taken. The replica must stop; nothing else
   * is to be done any more.
   *
   * @param peer who knows more
   * @param there how many own writes the peer knows
   * @param standing to be made durable first: renounced, or forked if dots name two writes now
   */
  record OlderCopy(Replica peer, long there, Standing standing) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.olderCopy(this);
    }
  }

  /**
   * Read a slice of a snapshot from the store and hand it to {@link Replicator#snapshotRead}.
   *
   * @param asker who wants it
   * @param transfer the asker's name for the transfer
   * @param number which slice, from 1
   * @param maxBytes how much to read at the most; at least one key whatever its size
   */
  record ReadSnapshot(Replica asker, long transfer, long number, int maxBytes) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.readSnapshot(this);
    }
  }

  /**
   * Install the snapshot, and call {@link Replicator#snapshotInstalled} once it is durable and
   * visible.
   *
   * @param source whose it is
   * @param snapshot complete
   */
  record InstallSnapshot(Replica source, ReplicaSnapshot snapshot) implements Action {
    @Override
    public void carryOut(Actions by) {
      by.installSnapshot(this);
    }
  }
}
