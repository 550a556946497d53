package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.core.snapshot.SnapshotTransfers.Reply;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.replication.Action.Send;
import io.causa.replication.PeerMessage.SnapshotChunk;
import io.causa.replication.PeerMessage.SnapshotRefused;
import io.causa.replication.PeerMessage.SnapshotRefused.Reason;
import io.causa.replication.PeerMessage.SnapshotRequest;

/**
 * Answers the requests of others for chunks of a snapshot. The state of their transfers is the
 * store's.
 *
 * <p>Owner: the replication loop.
 */
final class SnapshotService {

  private final Replica self;
  private final int maxBytes;

  SnapshotService(Replica self, int maxBytes) {
    this.self = self;
    this.maxBytes = maxBytes;
  }

  /** The slice that answers the request. */
  ReadSnapshot read(SnapshotRequest request) {
    int bytes = Math.min(request.maxBytes(), maxBytes);
    return new ReadSnapshot(request.sender(), request.transfer(), request.number(), bytes);
  }

  Send answer(ReadSnapshot read, Reply reply) {
    PeerMessage answer =
        reply instanceof Reply.Slice slice
            ? chunk(read, slice)
            : new SnapshotRefused(self, read.transfer(), reason(reply));
    return new Send(read.asker().name(), answer);
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
