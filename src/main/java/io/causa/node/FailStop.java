package io.causa.node;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where broken invariants end: the node says what broke and stops, rather than going on with a
 * promise it cannot keep.
 */
final class FailStop {

  private static final Logger LOG = LoggerFactory.getLogger(FailStop.class);

  private final Promise<Throwable> broken = Promise.promise();
  private volatile boolean endExpected;

  /** Completes with the cause when the node must stop. */
  Future<Throwable> broken() {
    return broken.future();
  }

  /**
   * The node is stopping anyway: what breaks now, for example on a closed storage, ends nothing.
   */
  void expectEnd() {
    endExpected = true;
  }

  /** Stops the node because of this. Only the first cause counts. */
  void stop(String what, Throwable cause) {
    if (endExpected) {
      LOG.warn("{} failed while the node stopped: {}", what, cause.getMessage());
    } else if (broken.tryComplete(cause)) {
      LOG.error("{}: this node stops. {}", what, cause.getMessage(), cause);
    }
  }

  /**
   * Stops the node because memory could not be allocated. The JVM ends by itself for a lack of heap
   * alone ({@code -XX:+ExitOnOutOfMemoryError}), and not for one of buffers outside it.
   */
  void outOfMemory(OutOfMemoryError lack) {
    if (!broken.future().isComplete()) {
      stop("no memory is left for network buffers", lack);
    }
  }

  /** Lets a lack of memory stop the node, in whichever handler it shows. */
  void guardAgainstLackOfMemory(Vertx vertx) {
    vertx.exceptionHandler(
        cause -> {
          if (cause instanceof OutOfMemoryError lack) {
            outOfMemory(lack);
          } else {
            LOG.error("a handler failed", cause);
          }
        });
  }

  /** Lets whatever a handler of this context throws stop the node. */
  void guard(Context context, String what) {
    context.exceptionHandler(cause -> stop(what, cause));
  }
}
