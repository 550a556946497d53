package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.Write;
import io.causa.replication.PeerMessage.WriteBatch;
import java.util.List;

/**
 * Takes in the batches of peers: what they bring goes through the causal buffer, and the sender
 * learns what need not come again.
 *
 * <p>Owner: the delivery loop. Bounds: those of the buffer.
 */
public final class Inbox {

  /**
   * @param deliverable what may be applied now, in causal order
   * @param receipt what is here now
   */
  public record Taken(List<Write> deliverable, Receipt receipt) {}

  private final Replica self;
  private final CausalBuffer buffer;

  /**
   * @param self this replica
   * @param buffer not used by anybody else
   */
  public Inbox(Replica self, CausalBuffer buffer) {
    this.self = self;
    this.buffer = buffer;
  }

  /** A batch arrived. */
  public Taken take(WriteBatch batch) {
    for (Write write : batch.writes()) {
      // Our own writes come back when a peer answers a pull; only this node says what they are.
      if (!write.origin().equals(self)) {
        buffer.offer(write);
      }
    }
    return taken();
  }

  /** The store has applied this much: own writes among it may be what others wait for. */
  public Taken applied(VersionVector applied) {
    buffer.applied(applied);
    return taken();
  }

  /** How full the buffer is, and what its writes wait for. */
  public CausalBuffer buffer() {
    return buffer;
  }

  private Taken taken() {
    Receipt receipt = new Receipt(buffer.received(), buffer.behindGaps());
    return new Taken(buffer.takeDeliverable(), receipt);
  }
}
