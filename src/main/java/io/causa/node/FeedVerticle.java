package io.causa.node;

import io.causa.engine.port.Loop;
import java.util.function.Consumer;

/** The feed of applied writes: hosts {@link io.causa.engine.FeedLoop}. */
final class FeedVerticle extends LoopVerticle {

  FeedVerticle(FailStop failStop, Consumer<Loop> opened) {
    super("the feed of applied writes", failStop, opened);
  }
}
