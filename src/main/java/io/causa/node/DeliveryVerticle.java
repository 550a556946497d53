package io.causa.node;

import io.causa.engine.port.Loop;
import java.util.function.Consumer;

/** Causal delivery: hosts {@link io.causa.engine.DeliveryLoop}. */
final class DeliveryVerticle extends LoopVerticle {

  DeliveryVerticle(FailStop failStop, Consumer<Loop> opened) {
    super("causal delivery", failStop, opened);
  }
}
