package io.causa.node;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Brings the engine's answers back to the event loop of the caller. What comes back to one event
 * loop while it is busy shares one wake-up.
 *
 * <p>Any thread.
 */
final class CallersLoop {

  private final VertxInternal vertx;
  private final Map<Executor, Returns> returns = new ConcurrentHashMap<>();

  CallersLoop(Vertx vertx) {
    this.vertx = (VertxInternal) vertx;
  }

  /**
   * Asks the engine; the future completes on the context of the caller.
   *
   * @param question is given to the engine with the consumer of the answer
   */
  <T> Future<T> ask(Consumer<Consumer<T>> question) {
    Promise<T> promise = vertx.getOrCreateContext().promise();
    question.accept(bringBack(promise::complete));
    return promise.future();
  }

  /**
   * Returns what any thread may tell one answer; it is told to the given reply on the context of
   * the caller.
   */
  <T> Consumer<T> bringBack(Consumer<T> reply) {
    ContextInternal caller = vertx.getOrCreateContext();
    Returns back = returns.computeIfAbsent(caller.nettyEventLoop(), Returns::new);
    return answer -> back.add(() -> caller.emit(answer, reply::accept));
  }

  /** What comes back to one event loop. */
  private static final class Returns {

    private final Executor eventLoop;
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean due = new AtomicBoolean();

    Returns(Executor eventLoop) {
      this.eventLoop = eventLoop;
    }

    void add(Runnable answer) {
      waiting.add(answer);
      wake();
    }

    private void wake() {
      if (due.compareAndSet(false, true)) {
        eventLoop.execute(this::takeAll);
      }
    }

    /** An answer whose listener throws must not keep the others. */
    private void takeAll() {
      try {
        for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
          next.run();
        }
      } finally {
        due.set(false);
        if (!waiting.isEmpty()) {
          wake();
        }
      }
    }
  }
}
