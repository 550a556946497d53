package io.causa.node;

import io.causa.clock.Replica;
import io.causa.core.CausalBuffer;
import io.causa.core.Commit;
import io.causa.core.Write;
import io.causa.node.bus.Transport;
import io.causa.node.config.NodeConfig;
import io.causa.replication.PeerMessage.WriteBatch;
import io.causa.storage.Recovered;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/**
 * Decode, order, buffer: takes batches of writes from peers and hands them to the store in causal
 * order.
 *
 * <p>Owns its event loop and the {@link CausalBuffer}. Never pauses its consumer: what there is no
 * room for is refused, which the acknowledgement tells the sender.
 */
final class DeliveryVerticle extends VerticleBase {

  /** What is held back, for {@code /status}. */
  record Figures(int heldWrites, long heldBytes, List<CausalBuffer.Blocked> blocked) {}

  private final Replica self;
  private final CausalBuffer buffer;
  private final Transport transport;
  private final LocalBus localBus;
  private final FailStop failStop;
  private Loop loop;

  DeliveryVerticle(
      Recovered recovered,
      NodeConfig.Buffer limits,
      Transport transport,
      LocalBus localBus,
      FailStop failStop) {
    this.self = recovered.self();
    this.buffer =
        new CausalBuffer(
            recovered.applied(),
            new CausalBuffer.Limits(limits.writes(), limits.bytes(), limits.handedOverBytes()));
    this.transport = transport;
    this.localBus = localBus;
    this.failStop = failStop;
  }

  @Override
  public Future<?> start() {
    loop = new Loop(vertx, context);
    failStop.guard(context, "causal delivery");
    localBus.onApplied(this::applied);
    return transport.onWrites(this::receive);
  }

  /**
   * @param list how many held writes to name
   */
  Future<Figures> figures(int list) {
    return loop.compute(
        () -> new Figures(buffer.heldWrites(), buffer.heldBytes(), buffer.blocked(list)));
  }

  private void receive(WriteBatch batch) {
    for (Write write : batch.writes()) {
      // Our own writes come back when a peer answers a pull; only this node says what they are.
      if (!write.origin().equals(self)) {
        buffer.offer(write);
      }
    }
    handOver();
    localBus.received(
        new LocalBus.Received(
            batch.sender(), batch.pulled(), buffer.received(), buffer.behindGaps()));
  }

  private void applied(Commit commit) {
    buffer.applied(commit.after());
    handOver();
  }

  private void handOver() {
    List<Write> deliverable = buffer.takeDeliverable();
    if (!deliverable.isEmpty()) {
      localBus.deliverable(deliverable);
    }
  }
}
