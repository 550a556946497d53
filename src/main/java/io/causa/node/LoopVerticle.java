package io.causa.node;

import io.causa.engine.port.Loop;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.function.Consumer;

/** Hosts one loop of the engine: the verticle's event loop is the engine's. */
abstract class LoopVerticle extends VerticleBase {

  private final String what;
  private final FailStop failStop;
  private final Consumer<Loop> opened;
  private Runnable last = () -> {};

  /**
   * @param what the part of the engine, as people read it
   * @param opened is told the loop, on the loop
   */
  LoopVerticle(String what, FailStop failStop, Consumer<Loop> opened) {
    this.what = what;
    this.failStop = failStop;
    this.opened = opened;
  }

  /** Sets the last task of the loop; before the verticle is undeployed. */
  final void endWith(Runnable task) {
    last = task;
  }

  @Override
  public final Future<?> start() {
    failStop.guard(context, what);
    opened.accept(new VertxLoop(vertx, context));
    return Future.succeededFuture();
  }

  @Override
  public final Future<?> stop() {
    last.run();
    return Future.succeededFuture();
  }
}
