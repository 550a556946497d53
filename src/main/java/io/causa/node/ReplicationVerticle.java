package io.causa.node;

import io.causa.engine.port.Loop;
import java.util.function.Consumer;

/** The talk with the peers: hosts {@link io.causa.engine.ReplicationLoop}. */
final class ReplicationVerticle extends LoopVerticle {

  ReplicationVerticle(FailStop failStop, Consumer<Loop> opened) {
    super("replication", failStop, opened);
  }
}
