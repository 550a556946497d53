package io.causa.node;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.Write;
import io.causa.replication.Action;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageCodec;
import java.util.List;
import java.util.function.Consumer;

/**
 * The event bus inside one node: immutable batches pass from verticle to verticle by reference, in
 * order, and never leave the process.
 */
final class LocalBus {

  /** Remote writes that became deliverable, in causal order: delivery → store. */
  record Deliverable(List<Write> writes) {}

  /**
   * What has been received so far: delivery → replication.
   *
   * @param sender whose batch this acknowledges
   * @param pulled whether the batch was asked for
   * @param received what need not be sent here again
   * @param behindGaps what is held behind a gap, for each origin that has one
   */
  record Received(
      Replica sender, boolean pulled, VersionVector received, VersionVector behindGaps) {}

  private static final String DELIVERABLE = "causa.local.deliverable";
  private static final String RECEIVED = "causa.local.received";
  private static final String STABLE = "causa.local.stable";
  private static final String CONFIRMED = "causa.local.confirmed";
  private static final String RETIRED = "causa.local.retired";
  private static final String APPLIED = "causa.local.applied";
  private static final DeliveryOptions BY_REFERENCE =
      new DeliveryOptions().setLocalOnly(true).setCodecName(ByReference.NAME);

  private final EventBus bus;

  /** Prepares the bus: once for each node, before any verticle. */
  static LocalBus of(EventBus bus) {
    bus.registerCodec(new ByReference());
    return new LocalBus(bus);
  }

  private LocalBus(EventBus bus) {
    this.bus = bus;
  }

  void deliverable(List<Write> writes) {
    bus.send(DELIVERABLE, new Deliverable(writes), BY_REFERENCE);
  }

  void onDeliverable(Consumer<List<Write>> consumer) {
    bus.<Deliverable>localConsumer(DELIVERABLE, m -> consumer.accept(m.body().writes()));
  }

  void received(Received received) {
    bus.send(RECEIVED, received, BY_REFERENCE);
  }

  void onReceived(Consumer<Received> consumer) {
    bus.<Received>localConsumer(RECEIVED, m -> consumer.accept(m.body()));
  }

  /** This is causally stable: replication → store. */
  void stable(VersionVector stable) {
    bus.send(STABLE, stable, BY_REFERENCE);
  }

  void onStable(Consumer<VersionVector> consumer) {
    bus.<VersionVector>localConsumer(STABLE, m -> consumer.accept(m.body()));
  }

  /** Generations are retired: replication → delivery, store. */
  void retired(Action.Retire retire) {
    bus.publish(RETIRED, retire, BY_REFERENCE);
  }

  void onRetired(Consumer<Action.Retire> consumer) {
    bus.<Action.Retire>localConsumer(RETIRED, m -> consumer.accept(m.body()));
  }

  /** The data here is the latest there is of this replica: replication → delivery. */
  void confirmed() {
    bus.send(CONFIRMED, CONFIRMED, BY_REFERENCE);
  }

  void onConfirmed(Runnable listener) {
    bus.<Object>localConsumer(CONFIRMED, m -> listener.run());
  }

  /** A commit is durable and readable: store → delivery, replication, feed. */
  void applied(Commit commit) {
    bus.publish(APPLIED, commit, BY_REFERENCE);
  }

  void onApplied(Consumer<Commit> consumer) {
    bus.<Commit>localConsumer(APPLIED, m -> consumer.accept(m.body()));
  }

  /** Hands immutable objects over as they are. */
  private static final class ByReference implements MessageCodec<Object, Object> {

    static final String NAME = "causa.by-reference";

    @Override
    public void encodeToWire(Buffer buffer, Object object) {
      throw new IllegalStateException("stays in this process: " + object);
    }

    @Override
    public Object decodeFromWire(int position, Buffer buffer) {
      throw new IllegalStateException("never comes from another process");
    }

    @Override
    public Object transform(Object object) {
      return object;
    }

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public byte systemCodecID() {
      return -1;
    }
  }
}
