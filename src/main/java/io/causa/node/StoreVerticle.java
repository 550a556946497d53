package io.causa.node;

import io.causa.engine.port.Loop;
import java.util.function.Consumer;

/** Clock and store state: hosts {@link io.causa.engine.StoreLoop}. */
final class StoreVerticle extends LoopVerticle {

  StoreVerticle(FailStop failStop, Consumer<Loop> opened) {
    super("the store", failStop, opened);
  }
}
