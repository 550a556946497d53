package io.causa.bench.load;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.node.CausaNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A node of three that is handed its writes within its own process: what Causa replicates without
 * HTTP. Writers, each with one write under way, put 100 bytes to 1,000 keys; a window ends when
 * both peers have applied the last write.
 *
 * <p>{@code StoreLoad SETTING=VALUE …}; the question is {@code SECONDS}.
 */
public final class StoreLoad {

  private static final int KEYS = 1000;
  private static final int VALUE_BYTES = 100;
  private static final int WRITERS = 512;
  private static final int PEERS = 2;
  private static final long LIMIT_MILLIS = 60_000;

  private final CausaNode node;
  private final Context context;

  private StoreLoad(CausaNode node, Context context) {
    this.node = node;
    this.context = context;
  }

  public static void main(String[] arguments) throws IOException {
    CausaNode node = BenchNode.start(arguments);
    StoreLoad load = new StoreLoad(node, Vertx.vertx().getOrCreateContext());
    Questions.serve(question -> load.run(Integer.parseInt(question[0])));
  }

  /** What one question has written; changed on one event loop until it has ended. */
  private static final class Window {
    final CountDownLatch ended = new CountDownLatch(WRITERS);
    final long startNanos = System.nanoTime();
    final long lengthNanos;
    long writes;
    long failures;
    Dot last;

    Window(int seconds) {
      lengthNanos = TimeUnit.SECONDS.toNanos(seconds);
    }

    void done(Outcome<Dot> outcome) {
      if (outcome instanceof Outcome.Done<Dot> done) {
        writes++;
        if (last == null || done.value().sequence() > last.sequence()) {
          last = done.value();
        }
      } else {
        failures++;
      }
    }
  }

  private String run(int seconds) throws InterruptedException {
    Window window = new Window(seconds);
    context.runOnContext(
        begin -> {
          for (int i = 0; i < WRITERS; i++) {
            next(window, i);
          }
        });
    window.ended.await();
    if (window.failures > 0) {
      throw new IllegalStateException(window.failures + " writes were refused");
    }
    int applied = node.acks().await(window.last, PEERS, LIMIT_MILLIS).await();
    if (applied < PEERS) {
      throw new IllegalStateException(applied + " of the peers have applied the last write");
    }
    return Throughput.answer(window.writes, window.startNanos, System.nanoTime());
  }

  private void next(Window window, int key) {
    if (System.nanoTime() - window.startNanos > window.lengthNanos) {
      window.ended.countDown();
      return;
    }
    Future<Void> never = Promise.<Void>promise().future();
    node.store()
        .write(put(key), never)
        .onSuccess(
            outcome -> {
              window.done(outcome);
              next(window, (key + WRITERS) % KEYS);
            });
  }

  private static WriteRequest put(int key) {
    Value value = new Value(Bytes.wrap(new byte[VALUE_BYTES]), "application/octet-stream");
    List<Mutation> mutations = List.of(new Mutation.Put("bench-" + key, value));
    return new WriteRequest(mutations, VersionVector.EMPTY, 0, false);
  }
}
