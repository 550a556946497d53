package io.causa.node.bus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context on which messages are given to the event bus, and to nothing else, in their order.
 *
 * <p>The bus reports what breaks in it to the context of whoever sends: in Vert.x 5.0.10 a
 * connection that is reset while it is written to may complete the bus's own promise twice. On a
 * context that takes exceptions for broken invariants that would stop the node; here it is what it
 * means, a lost message. Thread-safe.
 */
public final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final Context context;

  public Outbox(Vertx vertx) {
    context = ((VertxInternal) vertx).createEventLoopContext();
    context.exceptionHandler(
        cause -> LOG.warn("the event bus failed under a message, which may be lost", cause));
  }

  /** Sends, after whatever was to be sent before. */
  public void post(Runnable send) {
    context.runOnContext(ignored -> send.run());
  }
}
