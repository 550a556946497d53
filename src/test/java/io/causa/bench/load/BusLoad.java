package io.causa.bench.load;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One of three members with a clustered event bus and nothing else: the limit of the transport. The
 * first member sends buffers as large as batches of 100 writes of 100 bytes to both peers, within a
 * window for each; the peers acknowledge what they have received.
 *
 * <p>{@code BusLoad send|receive PORT CONTACTS NUMBER}; the question is {@code SECONDS}.
 */
public final class BusLoad {

  private static final int PEERS = 2;
  private static final int BATCH_WRITES = 100;
  private static final int WRITE_BYTES = 130;
  private static final int WINDOW_BATCHES = 80;
  private static final long LIMIT_SECONDS = 60;

  private final EventBus bus;
  private final Context context;
  private final Buffer batch = Buffer.buffer(new byte[BATCH_WRITES * WRITE_BYTES]);

  private BusLoad(Vertx vertx) {
    this.bus = vertx.eventBus();
    this.context = vertx.getOrCreateContext();
  }

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[1]);
    var config = LocalMember.config("bench-bus-" + arguments[2].hashCode(), port, arguments[2]);
    var manager = new HazelcastClusterManager(config);
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
            .withClusterManager(manager)
            .buildClustered()
            .await();
    BusLoad load = new BusLoad(vertx);
    if (arguments[0].equals("receive")) {
      load.receive(arguments[3]);
    }
    Questions.serve(
        question ->
            question[0].equals("members")
                ? Integer.toString(manager.getNodes().size())
                : load.run(Integer.parseInt(question[0])));
  }

  private void receive(String number) {
    bus.<Buffer>consumer("batches-" + number, message -> message.reply(null)).completion().await();
  }

  /** What one question has sent; changed on one event loop. */
  private static final class Window {
    final CountDownLatch ended = new CountDownLatch(PEERS * WINDOW_BATCHES);
    final long startNanos = System.nanoTime();
    final long lengthNanos;
    final long[] received = new long[PEERS + 1];

    Window(int seconds) {
      lengthNanos = TimeUnit.SECONDS.toNanos(seconds);
    }
  }

  private String run(int seconds) throws InterruptedException {
    Window window = new Window(seconds);
    context.runOnContext(
        begin -> {
          for (int peer = 1; peer <= PEERS; peer++) {
            for (int i = 0; i < WINDOW_BATCHES; i++) {
              send(window, peer);
            }
          }
        });
    if (!window.ended.await(seconds + LIMIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the peers have not received all batches");
    }
    long atBoth = Math.min(window.received[1], window.received[2]) * BATCH_WRITES;
    return Throughput.answer(atBoth, window.startNanos, System.nanoTime());
  }

  private void send(Window window, int peer) {
    if (System.nanoTime() - window.startNanos > window.lengthNanos) {
      window.ended.countDown();
      return;
    }
    bus.request("batches-" + peer, batch)
        .onComplete(
            acknowledged -> {
              window.received[peer] += acknowledged.succeeded() ? 1 : 0;
              send(window, peer);
            });
  }
}
