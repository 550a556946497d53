package io.causa.node;

import io.causa.core.CausalBuffer;
import io.causa.identity.Standing;
import io.causa.node.bus.Transport;
import io.causa.node.config.NodeConfig;
import io.causa.replication.Inbox;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.replication.message.Receipt;
import io.causa.storage.Recovered;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;

/**
 * Decode, order, buffer: takes batches of writes from peers and hands them to the store in causal
 * order.
 *
 * <p>Owns its event loop and the {@link Inbox}. Never pauses its consumer: what there is no room
 * for is refused, which the acknowledgement tells the sender.
 */
final class DeliveryVerticle extends VerticleBase {

  /** What is held back, for {@code /status}. */
  record Figures(int heldWrites, long heldBytes, List<CausalBuffer.Blocked> blocked) {}

  private final Inbox inbox;
  private final MessageAdmission admission;
  private final Transport transport;
  private final LocalBus localBus;
  private final FailStop failStop;
  private Loop loop;

  DeliveryVerticle(
      Recovered recovered,
      Standing standing,
      NodeConfig.Buffer limits,
      MessageAdmission admission,
      Transport transport,
      LocalBus localBus,
      FailStop failStop) {
    this.inbox =
        new Inbox(
            recovered.self(),
            standing,
            recovered.applied(),
            new CausalBuffer.Limits(limits.writes(), limits.bytes(), limits.handedOverBytes()));
    this.admission = admission;
    this.transport = transport;
    this.localBus = localBus;
    this.failStop = failStop;
  }

  @Override
  public Future<?> start() {
    loop = new Loop(vertx, context);
    failStop.guard(context, "causal delivery");
    localBus.onApplied(commit -> handOver(() -> inbox.applied(commit.after())));
    localBus.onRetired(retire -> handOver(() -> inbox.retire(retire)));
    localBus.onConfirmed(() -> handOver(inbox::confirmed));
    return transport.onWrites(this::receive);
  }

  /**
   * @param list how many held writes to name
   */
  Future<Figures> figures(int list) {
    return loop.compute(
        () -> {
          CausalBuffer buffer = inbox.buffer();
          return new Figures(buffer.heldWrites(), buffer.heldBytes(), buffer.blocked(list));
        });
  }

  private void receive(WriteBatch batch) {
    if (!admission.admits(batch, inbox::forgery)) {
      return;
    }
    Receipt receipt = handOver(() -> inbox.take(batch));
    localBus.received(
        new LocalBus.Received(
            batch.sender(), batch.pulled(), receipt.received(), receipt.behindGaps()));
  }

  private Receipt handOver(Runnable input) {
    input.run();
    Inbox.Taken taken = inbox.takeNews();
    if (!taken.deliverable().isEmpty()) {
      localBus.deliverable(taken.deliverable());
    }
    return taken.receipt();
  }
}
