package io.causa.node.bus;

import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The context on which messages are given to the event bus, and to nothing else.
 *
 * <p>The bus reports what breaks in it to the context of whoever sends: in Vert.x 5.0.10 a
 * connection that is reset while it is written to may complete the bus's own promise twice. On a
 * context that takes exceptions for broken invariants that would stop the node; here it is what it
 * means, a lost message.
 *
 * <p>The context has the event loop of the sender that is first. So a message of that sender needs
 * no way to another thread, which would cost more than to send it. Thread-safe.
 */
public final class Outbox {
  private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

  private final VertxInternal vertx;
  private volatile ContextInternal context;

  public Outbox(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  /** Sends; messages that one thread posts stay in their order. */
  public void post(Runnable send) {
    ContextInternal sending = context();
    if (sending.inThread()) {
      sending.dispatch(send);
    } else {
      sending.runOnContext(ignored -> send.run());
    }
  }

  private ContextInternal context() {
    return context != null ? context : makeContext();
  }

  private synchronized ContextInternal makeContext() {
    if (context == null) {
      ContextInternal sender = ContextInternal.current();
      boolean isOnLoop = sender != null && sender.isEventLoopContext();
      ContextInternal made =
          isOnLoop ? sender.unwrap().toBuilder().build() : vertx.createEventLoopContext();
      made.exceptionHandler(
          cause -> LOG.warn("the event bus failed under a message, which may be lost", cause));
      context = made;
    }
    return context;
  }
}
