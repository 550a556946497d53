package io.causa.torture;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Clients here are threads that wait; never for an event loop. */
final class Waiting {
  /** Beyond the longest that a request may take, so only met if a promise is never kept. */
  private static final long PATIENCE_SECONDS = 120;

  private Waiting() {}

  /**
   * @throws IllegalStateException if the future fails, which answers never do
   */
  static <T> T result(Future<T> future) throws InterruptedException {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new IllegalStateException("a request could not be made", e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException("no result after " + PATIENCE_SECONDS + " s", e);
    }
  }
}
