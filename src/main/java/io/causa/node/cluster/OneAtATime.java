package io.causa.node.cluster;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Work on a cluster that may hang for a minute: who asks while it is under way gets the same
 * answer, so that the worker threads never fill up with it. Thread-safe.
 */
final class OneAtATime<T> {
  private final AtomicReference<Future<T>> underWay = new AtomicReference<>();

  Future<T> run(Supplier<Future<T>> work) {
    Promise<T> done = Promise.promise();
    Future<T> other = underWay.compareAndExchange(null, done.future());
    if (other != null) {
      return other;
    }
    done.future().onComplete(over -> underWay.set(null));
    begin(work).onComplete(done);
    return done.future();
  }

  /** Work that fails at once must not count as under way for ever. */
  private static <T> Future<T> begin(Supplier<Future<T>> work) {
    try {
      return work.get();
    } catch (RuntimeException failure) {
      return Future.failedFuture(failure);
    }
  }
}
