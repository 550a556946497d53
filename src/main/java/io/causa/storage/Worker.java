package io.causa.storage;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread that does one thing after the other, with a bound on what waits for it. */
final class Worker {

  private final String name;
  private final ThreadPoolExecutor executor;

  Worker(String name, int maxWaiting) {
    this.name = name;
    executor =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(maxWaiting),
            run -> daemon(name, run));
  }

  /** Not worth keeping the process alive for: a kill loses nothing that was promised. */
  static Thread daemon(String name, Runnable run) {
    Thread thread = new Thread(run, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Fails at once if too much waits already, or the worker has stopped. */
  <T> CompletionStage<T> run(Callable<T> task) {
    CompletableFuture<T> done = new CompletableFuture<>();
    try {
      executor.execute(() -> complete(done, task));
    } catch (RejectedExecutionException e) {
      done.completeExceptionally(
          new StorageException(
              name + (executor.isShutdown() ? " has stopped" : " has too much to do")));
    }
    return done;
  }

  private static <T> void complete(CompletableFuture<T> done, Callable<T> task) {
    try {
      done.complete(task.call());
    } catch (Exception | LinkageError | AssertionError e) {
      done.completeExceptionally(e);
    }
  }

  /** Ends after what waits. */
  void stop() {
    executor.shutdown();
  }

  void stopAndWait() {
    stopAndWait(executor, name);
  }

  static void stopAndWait(ExecutorService executor, String name) {
    executor.shutdown();
    try {
      executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("interrupted while " + name + " stopped", e);
    }
  }
}
