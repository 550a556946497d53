package io.causa.node;

import io.causa.core.Commit;
import io.causa.core.StagedWrite;
import io.causa.node.bus.Outbox;
import io.causa.node.config.NodeConfig;
import io.causa.wire.AppliedEvents;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.MessageProducer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes every write that this node applies, in that order, on {@code causa.applied.<name>}.
 *
 * <p>The bus may lose, and its queues have no end; so no more than a named number of bytes is under
 * way, and what comes beyond that is left out. The positions in the events show a subscriber the
 * gap.
 */
final class FeedVerticle extends VerticleBase {

  private static final Logger LOG = LoggerFactory.getLogger(FeedVerticle.class);

  private final NodeIdentity identity;
  private final long limitBytes;
  private final FeedBudget budget;
  private final LocalBus localBus;
  private final FailStop failStop;
  private MessageProducer<JsonObject> subscribers;
  private Outbox outbox;
  private volatile long dropped;

  FeedVerticle(
      NodeIdentity identity, NodeConfig.Feed limits, LocalBus localBus, FailStop failStop) {
    this.identity = identity;
    this.limitBytes = limits.outstandingBytes();
    this.budget = new FeedBudget(limitBytes);
    this.localBus = localBus;
    this.failStop = failStop;
  }

  @Override
  public Future<?> start() {
    failStop.guard(context, "the feed of applied writes");
    outbox = new Outbox(vertx);
    subscribers = vertx.eventBus().publisher("causa.applied." + identity.self().name());
    localBus.onApplied(this::feed);
    return Future.succeededFuture();
  }

  /** How many applied writes were not published, from any thread. */
  long dropped() {
    return dropped;
  }

  private void feed(Commit commit) {
    commit.writes().forEach(this::feed);
  }

  private void feed(StagedWrite applied) {
    long bytes = FeedBudget.bytesOf(applied);
    if (!budget.take(bytes)) {
      drop(applied);
      return;
    }
    var events = AppliedEvents.of(applied, identity.names(), identity.clusterName());
    outbox.post(() -> publish(events, bytes));
  }

  /** Runs on the context of the outbox. A publication fails when nobody subscribes: no loss. */
  private void publish(List<JsonObject> events, long bytes) {
    Future<Void> last = Future.succeededFuture();
    try {
      for (JsonObject event : events) {
        last = subscribers.write(event);
      }
    } finally {
      last.onComplete(ended -> context.runOnContext(x -> budget.giveBack(bytes)));
    }
  }

  private void drop(StagedWrite applied) {
    if (dropped++ == 0) {
      LOG.warn(
          "the bus, or its subscribers, are slower than writes: {} and possibly later ones are not published (feed.outstandingBytes is {})",
          applied.write().dot(),
          limitBytes);
    }
  }
}
