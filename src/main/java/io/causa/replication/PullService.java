package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.Action.Send;
import io.causa.replication.PeerMessage.Pull;
import io.causa.replication.PeerMessage.WriteBatch;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Answers the pulls of others from the log. What cannot be answered is dropped: the asker tries
 * elsewhere.
 *
 * <p>Owner: the replication loop. Bound: {@link #MAX_READS} reads of the log at a time.
 */
final class PullService {

  static final int MAX_READS = 16;

  private final Replica self;
  private final int maxBytes;
  private int reads;

  PullService(Replica self, int maxBytes) {
    this.self = self;
    this.maxBytes = maxBytes;
  }

  /** The read that answers the pull; empty if nothing here does, or too many are under way. */
  Optional<ReadLog> read(Pull pull, VersionVector applied, LongSupplier tickets) {
    long to = Math.min(pull.to(), applied.get(pull.origin()));
    if (pull.from() < 1 || to < pull.from() || reads >= MAX_READS) {
      return Optional.empty();
    }
    reads++;
    int bytes = Math.min(pull.maxBytes(), maxBytes);
    String asker = pull.sender().name();
    return Optional.of(
        new ReadLog(tickets.getAsLong(), asker, true, pull.origin(), pull.from(), to, bytes));
  }

  /** The answer to send; empty if the log does not hold what was asked for. */
  Optional<Send> answer(ReadLog read, List<Write> writes) {
    reads--;
    return writes.isEmpty()
        ? Optional.empty()
        : Optional.of(new Send(read.peer(), new WriteBatch(self, true, writes)));
  }
}
