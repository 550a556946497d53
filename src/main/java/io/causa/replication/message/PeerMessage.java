package io.causa.replication.message;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.membership.Capabilities;
import io.causa.membership.Roster;
import java.util.List;

/**
 * What replicas say to one another. Every message is one-way and may be lost, repeated, delayed or
 * overtaken; none is answered by the transport. Answers are messages of their own.
 */
public sealed interface PeerMessage {

  /** Who says it. */
  Replica sender();

  /**
   * "I am here": broadcast at start, from time to time, and in answer to a presence that is news.
   *
   * @param sender the replica
   * @param session made at each start, larger for a later start: tells a restart of the same
   *     generation
   * @param http the URL under which clients reach the sender
   * @param understands which messages the sender reads, as far as this one says
   */
  record Presence(Replica sender, long session, String http, Capabilities understands)
      implements PeerMessage {

    /** A presence that says nothing of what its sender understands. */
    public Presence(Replica sender, long session, String http) {
      this(sender, session, http, Capabilities.UNSAID);
    }
  }

  /**
   * "So much of your writes is here": in answer to a batch, and when writes of the addressee were
   * applied. It is short however many replicas there are; only what knows {@link
   * io.causa.membership.Feature#ACKS} reads it, all others get a digest.
   *
   * <p>Marks only rise within two sessions, so an overtaken one does no harm.
   *
   * @param sender the replica
   * @param session the sender's session
   * @param of whose writes: the addressee
   * @param ofSession the addressee's session that the sender has heard
   * @param received which of them need not be sent to the sender: 1 to this
   * @param applied which of them are durable and visible there: 1 to this
   */
  record Ack(Replica sender, long session, Replica of, long ofSession, long received, long applied)
      implements PeerMessage {}

  /**
   * "This is what I have": sent periodically, and at once in answer to a batch, as its
   * acknowledgement.
   *
   * @param sender the replica
   * @param session the sender's session
   * @param number counts the sender's digests of this session, so that an overtaken one is
   *     recognised
   * @param received what need not be sent to the sender: moves the cursor of the stream to it
   * @param applied what is durable and visible there: moves causal stability and the log
   * @param trimmed what the sender's log holds no longer: it can supply writes behind this only
   * @param roster whom the sender durably knows
   * @param heardSession the addressee's session that the sender has heard; 0 if none. A digest that
   *     was sent to an earlier one may be older than that one's end
   * @param understands which messages the sender reads, as far as this one says
   */
  record Digest(
      Replica sender,
      long session,
      long number,
      VersionVector received,
      VersionVector applied,
      VersionVector trimmed,
      Roster roster,
      long heardSession,
      Capabilities understands)
      implements PeerMessage {

    /** A digest that says nothing of what its sender understands. */
    public Digest(
        Replica sender,
        long session,
        long number,
        VersionVector received,
        VersionVector applied,
        VersionVector trimmed,
        Roster roster,
        long heardSession) {
      this(
          sender,
          session,
          number,
          received,
          applied,
          trimmed,
          roster,
          heardSession,
          Capabilities.UNSAID);
    }
  }

  /**
   * Some writes of one or several origins, in causal order for each origin.
   *
   * @param sender who sends them, not necessarily their origin
   * @param pulled whether they were asked for by a {@link Pull}
   * @param writes at least one
   */
  record WriteBatch(Replica sender, boolean pulled, List<Write> writes) implements PeerMessage {
    public WriteBatch {
      writes = List.copyOf(writes);
    }
  }

  /**
   * "Send me these": a request for writes that their origin did not deliver in time.
   *
   * @param sender who asks
   * @param origin whose writes
   * @param from the first sequence wanted
   * @param to the last sequence wanted, inclusive
   * @param maxBytes how much to send at the most; at least one write is sent whatever its size
   */
  record Pull(Replica sender, Replica origin, long from, long to, int maxBytes)
      implements PeerMessage {}

  /** What is said about the transfer of a snapshot. */
  sealed interface SnapshotMessage extends PeerMessage {

    /** The transfer, as the asker named it: its later transfers have higher names. */
    long transfer();
  }

  /**
   * "Send me all you have": a request for one chunk of a snapshot, when the log of nobody reaches
   * back to what the sender lacks.
   *
   * @param sender who asks
   * @param transfer the sender's name for the transfer
   * @param number which chunk, from 1; the first one begins the transfer
   * @param maxBytes how much to send at the most; at least one key is sent whatever its size
   */
  record SnapshotRequest(Replica sender, long transfer, long number, int maxBytes)
      implements SnapshotMessage {}

  /**
   * The answer to a {@link SnapshotRequest}.
   *
   * @param sender whose snapshot
   * @param transfer the transfer, as the asker named it
   * @param number which chunk, from 1
   * @param instant what all chunks of the transfer are of
   * @param entries keys and their states, possibly none
   * @param last whether no chunk follows
   */
  record SnapshotChunk(
      Replica sender,
      long transfer,
      long number,
      SnapshotInstant instant,
      List<SnapshotEntry> entries,
      boolean last)
      implements SnapshotMessage {
    public SnapshotChunk {
      entries = List.copyOf(entries);
    }
  }

  /**
   * "Not from me": the answer to a {@link SnapshotRequest} that cannot be served.
   *
   * @param sender who was asked
   * @param transfer the transfer, as the asker named it
   */
  record SnapshotRefused(Replica sender, long transfer, Reason reason) implements SnapshotMessage {

    /** Why there is no chunk. */
    public enum Reason {
      /** The transfer is not known any more, for example after a restart: it has to start anew. */
      UNKNOWN,
      /** Too much has changed since it began: it has to start anew. */
      OVERRUN,
      /** As many as may be served are served already: there will be room later, or elsewhere. */
      BUSY
    }
  }
}
