package io.causa.node;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The event loop of one verticle, as other threads reach it: whatever is asked runs there, and the
 * answer comes back on the caller's own context.
 */
final class Loop {

  private final Vertx vertx;
  private final Context context;

  Loop(Vertx vertx, Context context) {
    this.vertx = vertx;
    this.context = context;
  }

  /** Runs the task on this loop, after whatever was given to it before. */
  void run(Runnable task) {
    context.runOnContext(ignored -> task.run());
  }

  /**
   * Asks a question on this loop; it is answered at once, or whenever the promise is completed. A
   * question that throws fails the answer, and the loop.
   */
  <T> Future<T> ask(Consumer<CompletableFuture<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    run(() -> put(question, answer));
    return Future.fromCompletionStage(answer, vertx.getOrCreateContext());
  }

  private static <T> void put(
      Consumer<CompletableFuture<T>> question, CompletableFuture<T> answer) {
    try {
      question.accept(answer);
    } catch (RuntimeException broken) {
      answer.completeExceptionally(broken);
      throw broken;
    }
  }

  /** Computes something on this loop. */
  <T> Future<T> compute(Supplier<T> computation) {
    return ask(answer -> answer.complete(computation.get()));
  }

  /** A stage that completes on any thread, seen from this loop. */
  <T> Future<T> follow(CompletionStage<T> stage) {
    return Future.fromCompletionStage(stage, context);
  }
}
