package io.causa.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.concurrent.ExecutionException;

/** Vert.x as commands use it that only talk to nodes: small, so that it starts fast. */
final class ClientVertx {
  /** What plays scenarios stops and starts processes on these. */
  private static final int WORKERS = 4;

  private ClientVertx() {}

  static Vertx start() {
    FileSystemOptions noCache =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(
        new VertxOptions()
            .setEventLoopPoolSize(1)
            .setWorkerPoolSize(WORKERS)
            .setInternalBlockingPoolSize(1)
            .setFileSystemOptions(noCache));
  }

  /**
   * Waits for a step that does not fail unless this program is wrong.
   *
   * @throws IllegalStateException if it fails all the same
   */
  static <T> T await(Future<T> step) throws InterruptedException {
    try {
      return step.toCompletionStage().toCompletableFuture().get();
    } catch (ExecutionException defect) {
      throw new IllegalStateException("a request could not be made", defect.getCause());
    }
  }
}
