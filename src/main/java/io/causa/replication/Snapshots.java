package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.core.snapshot.SnapshotTransfers.Reply;
import io.causa.identity.Identity;
import io.causa.replication.Action.OlderCopy;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.SnapshotMessage;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.SnapshotRefused.Reason;
import io.causa.replication.message.PeerMessage.SnapshotRequest;
import io.causa.replication.view.SnapshotProgress;
import java.util.Optional;

/**
 * Both sides of snapshots: fetches one when the logs no longer reach back, and serves those of
 * others. Neither may give away what {@link Identity} guards, and a transfer that goes on counts as
 * progress of the {@link CatchUp}.
 *
 * <p>Owner: the replication loop.
 */
final class Snapshots {

  private final Replica self;
  private final SnapshotFetch fetch;
  private final int maxBytes;
  private final Progress progress;
  private final Identity identity;
  private final Membership membership;
  private final CatchUp catchUp;
  private final Outbox outbox;

  /**
   * @param session larger at each start, so that no transfer has the name of an earlier one
   * @param room how much of a snapshot may be here before it is installed
   */
  Snapshots(
      Replica self,
      long session,
      ReplicationSettings settings,
      Progress progress,
      Identity identity,
      Membership membership,
      CatchUp catchUp,
      Outbox outbox,
      SnapshotRoom room) {
    this.self = self;
    this.fetch = new SnapshotFetch(self, session, settings, room, outbox);
    this.maxBytes = settings.pullBytes();
    this.progress = progress;
    this.identity = identity;
    this.membership = membership;
    this.catchUp = catchUp;
    this.outbox = outbox;
  }

  /** A request for a chunk arrived, or an answer to one. */
  void hear(SnapshotMessage heard, long nowMillis) {
    if (heard instanceof SnapshotRequest request) {
      read(request);
    } else if (heard instanceof SnapshotChunk chunk) {
      take(chunk, nowMillis);
    } else if (heard instanceof SnapshotRefused refused && fetch.refused(refused, nowMillis)) {
      catchUp.progressed(nowMillis);
    }
  }

  /** The store has answered; see {@link Replicator#snapshotRead}. */
  void read(ReadSnapshot read, Reply reply) {
    if (reply instanceof Reply.Slice slice) {
      VersionVector vector = slice.instant().vector();
      boolean mayLeave = identity.mayLeave(vector).equals(vector);
      identity.sending(mayLeave ? vector : VersionVector.EMPTY);
      answer(read, mayLeave ? reply : new Reply.Busy());
    } else {
      answer(read, reply);
    }
  }

  /** The snapshot is durable and visible. */
  void installed(long nowMillis) {
    fetch.installed();
    catchUp.progressed(nowMillis);
  }

  /** Time has passed: begins, or asks again. */
  void look(GapRepair repair, Peers peers, long nowMillis) {
    fetch.look(repair.onlyBySnapshot(nowMillis), peers, nowMillis);
  }

  /**
   * An install does not show in what is applied before it is complete, however long it takes. It
   * does not begin before this replica may stamp, and must not hold that up.
   */
  void noteInstalling(long nowMillis) {
    if (fetch.isInstalling() && identity.mayStamp()) {
      catchUp.progressed(nowMillis);
    }
  }

  /** The snapshot would make the data larger than it may be. */
  void doesNotFit(long nowMillis) {
    fetch.doesNotFit(nowMillis);
  }

  /** Why there is no room for the snapshot that is needed, for people; empty if there is. */
  String noRoom() {
    return fetch.noRoom();
  }

  /** How far a snapshot is on its way here; empty if none is. */
  Optional<SnapshotProgress> progress() {
    return fetch.progress();
  }

  private void take(SnapshotChunk chunk, long nowMillis) {
    long own = progress.applied().get(self);
    VersionVector known = chunk.instant().vector();
    Optional<OlderCopy> older =
        identity
            .claimed(known, own)
            .map(standing -> new OlderCopy(chunk.sender(), known.get(self), standing));
    older.ifPresent(outbox::add);
    if (older.isEmpty() && mayTake(known) && fetch.take(chunk, nowMillis)) {
      catchUp.progressed(nowMillis);
    }
  }

  /**
   * Whether a snapshot of this may come in. Others count on it that nothing is taken in behind an
   * order, on whichever way.
   */
  private boolean mayTake(VersionVector known) {
    return !known.isBelowBase(self) && membership.known().retirement().lost(known).isEmpty();
  }

  /** The store reads the slice that answers the request; the state of the transfer is there. */
  private void read(SnapshotRequest request) {
    int bytes = Math.min(request.maxBytes(), maxBytes);
    outbox.add(new ReadSnapshot(request.sender(), request.transfer(), request.number(), bytes));
  }

  private void answer(ReadSnapshot read, Reply reply) {
    outbox.send(
        read.asker().name(),
        reply instanceof Reply.Slice slice
            ? chunk(read, slice)
            : new SnapshotRefused(self, read.transfer(), reason(reply)));
  }

  private SnapshotChunk chunk(ReadSnapshot read, Reply.Slice slice) {
    return new SnapshotChunk(
        self, read.transfer(), read.number(), slice.instant(), slice.entries(), slice.last());
  }

  private static Reason reason(Reply refusal) {
    if (refusal instanceof Reply.Busy) {
      return Reason.BUSY;
    }
    return refusal instanceof Reply.Overrun ? Reason.OVERRUN : Reason.UNKNOWN;
  }
}
