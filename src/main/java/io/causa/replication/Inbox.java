package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.Write;
import io.causa.identity.Standing;
import io.causa.membership.Retirement;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.replication.message.Receipt;
import java.util.List;
import java.util.Optional;

/**
 * Takes in the batches of peers: what they bring goes through the causal buffer, and the sender
 * learns what need not come again.
 *
 * <p>Owner: the delivery loop. Bounds: those of the buffer.
 */
public final class Inbox {

  /**
   * What a turn has brought.
   *
   * @param deliverable what may be applied now, in causal order
   * @param receipt what is here now
   */
  public record Taken(List<Write> deliverable, Receipt receipt) {}

  private final Replica self;
  private final CausalBuffer buffer;
  private VersionVector applied;
  private Standing standing;
  private Retirement excluded = Retirement.NONE;
  private Retirement ended = Retirement.NONE;

  /**
   * @param self this replica
   * @param standing what its data says of its own writes
   * @param applied what the store has already
   */
  public Inbox(Replica self, Standing standing, VersionVector applied, CausalBuffer.Limits limits) {
    this.self = self;
    this.applied = applied;
    this.standing = standing;
    this.buffer = new CausalBuffer(reliable(), limits);
  }

  /**
   * What a batch claims that only this replica could say, for people; empty if it may be taken. A
   * copy of this replica's data that runs elsewhere would send such a batch, too, and is found out
   * by its presence.
   */
  public Optional<String> forgery(WriteBatch batch) {
    if (batch.sender().equals(self)) {
      return Optional.of("a batch says that this node sent it");
    }
    for (Write write : batch.writes()) {
      Dot dot = write.dot();
      if (dot.replica().equals(self) && !applied.covers(dot)) {
        return Optional.of("a batch holds " + dot + ", which this node never wrote");
      }
    }
    return Optional.empty();
  }

  /** A batch arrived. */
  public void take(WriteBatch batch) {
    for (Write write : batch.writes()) {
      // Our own writes come back when a peer answers a pull; only this node says what they are.
      if (!write.origin().equals(self) && !excluded.excludes(write.dot())) {
        buffer.offer(write.cappedBy(ended));
      }
    }
  }

  /**
   * Returns what became deliverable since the last call, and what is here now. To be called once at
   * the end of a turn, however many inputs it had.
   */
  public Taken takeNews() {
    Receipt receipt = new Receipt(buffer.received(), buffer.behindGaps(), buffer.awaitedBases());
    return new Taken(buffer.takeDeliverable(), receipt);
  }

  /** The store has applied this much: own writes among it may be what others wait for. */
  public void applied(VersionVector nowApplied) {
    applied = nowApplied;
    buffer.applied(reliable());
  }

  /** The data here is known to be the latest there is of this replica. */
  public void confirmed() {
    standing = standing.confirmed();
    buffer.applied(reliable());
  }

  /** Generations were retired; see {@link Action.Retire}. What was so before stays so. */
  public void retire(Action.Retire retire) {
    excluded = excluded.join(retire.excluded());
    ended = ended.join(retire.ended());
    buffer.retire(excluded, ended);
  }

  /**
   * What counts as a cause. If the data here is an older copy, a write from elsewhere may depend on
   * own writes that are not here; those that were stamped meanwhile with the same dots must not
   * pass for them.
   */
  private VersionVector reliable() {
    return standing.shared(self, applied);
  }

  /** How full the buffer is, and what its writes wait for. */
  public CausalBuffer buffer() {
    return buffer;
  }
}
