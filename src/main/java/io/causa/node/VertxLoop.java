package io.causa.node;

import io.causa.engine.port.Loop;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** The event loop of one verticle as a loop of the engine. */
final class VertxLoop implements Loop {

  private final Vertx vertx;
  private final Context context;

  VertxLoop(Vertx vertx, Context context) {
    this.vertx = vertx;
    this.context = context;
  }

  @Override
  public void run(Runnable task) {
    context.runOnContext(ignored -> task.run());
  }

  /** A timer belongs to the context that sets it, and ends with the verticle. */
  @Override
  public void after(long delayMillis, Runnable task) {
    if (Vertx.currentContext() == context) {
      vertx.setTimer(Math.max(1, delayMillis), timer -> task.run());
    } else {
      context.runOnContext(ignored -> after(delayMillis, task));
    }
  }

  @Override
  public long nowMillis() {
    return MonotonicClock.millis();
  }
}
