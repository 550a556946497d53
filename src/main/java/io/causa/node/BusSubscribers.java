package io.causa.node;

import io.causa.clock.ReplicaNames;
import io.causa.core.StagedWrite;
import io.causa.engine.port.Subscribers;
import io.causa.node.bus.Outbox;
import io.causa.wire.AppliedEvents;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** The consumers on the event bus at {@code causa.applied.<name>}. */
final class BusSubscribers implements Subscribers {

  private static final String ADDRESS = "causa.applied.";

  private final MessageProducer<JsonObject> address;
  private final Outbox outbox;
  private final String clusterName;
  private final Supplier<ReplicaNames> names;
  private final BooleanSupplier anybody;

  /**
   * @param names how replicas are written for people, by what is known when it is asked
   * @param anybody whether the address has a consumer
   */
  BusSubscribers(
      Vertx vertx,
      String name,
      String clusterName,
      Supplier<ReplicaNames> names,
      BooleanSupplier anybody) {
    this.address = vertx.eventBus().publisher(address(name));
    this.outbox = new Outbox(vertx);
    this.clusterName = clusterName;
    this.names = names;
    this.anybody = anybody;
  }

  /** Returns where the applied writes of a node are published. */
  static String address(String name) {
    return ADDRESS + name;
  }

  @Override
  public boolean present() {
    return anybody.getAsBoolean();
  }

  @Override
  public void publish(StagedWrite applied, Runnable sent) {
    List<JsonObject> events = AppliedEvents.of(applied, names.get(), clusterName);
    outbox.post(() -> publish(events, sent));
  }

  /** Runs on the context of the outbox. A publication fails when nobody subscribes: no loss. */
  private void publish(List<JsonObject> events, Runnable sent) {
    Future<Void> last = Future.succeededFuture();
    try {
      for (JsonObject event : events) {
        last = address.write(event);
      }
    } finally {
      last.onComplete(ended -> sent.run());
    }
  }
}
