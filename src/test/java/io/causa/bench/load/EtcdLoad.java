package io.causa.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Puts of 100 bytes to etcd by its own interface, gRPC: HTTP/2 with messages that are written here
 * by hand, because they are two fields long. Closed loop: each client has one put under way. The
 * clients share connections, as those of etcd's own benchmark do; that is cheaper for etcd.
 *
 * <p>{@code EtcdLoad PORT CONNECTIONS CLIENTS}; the question is {@code SECONDS}, the answer {@code
 * puts/s puts p50-ms p99-ms failures}.
 */
public final class EtcdLoad {

  private static final String PUT = "/etcdserverpb.KV/Put";
  private static final int KEYS = 1000;
  private static final int KEY_FIELD = 0x0a;
  private static final int VALUE_FIELD = 0x12;
  private static final double NANOS_PER_MILLI = 1e6;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client;
  private final RequestOptions put;
  private final byte[] value = "x".repeat(100).getBytes(StandardCharsets.US_ASCII);

  private EtcdLoad(int port, int connections, int clients) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setProtocolVersion(HttpVersion.HTTP_2)
            .setHttp2ClearTextUpgrade(false)
            .setHttp2MultiplexingLimit((clients + connections - 1) / connections);
    this.client =
        vertx.createHttpClient(
            options,
            new PoolOptions()
                .setHttp2MaxSize(connections)
                .setHttp1MaxSize(connections)
                .setEventLoopSize(1));
    this.put =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost("127.0.0.1")
            .setPort(port)
            .setURI(PUT)
            .putHeader("content-type", "application/grpc")
            .putHeader("te", "trailers");
  }

  public static void main(String[] arguments) throws IOException {
    int port = Integer.parseInt(arguments[0]);
    int connections = Integer.parseInt(arguments[1]);
    int clients = Integer.parseInt(arguments[2]);
    EtcdLoad load = new EtcdLoad(port, connections, clients);
    Questions.serve(question -> load.run(clients, Integer.parseInt(question[0])));
  }

  private String run(int clients, int seconds) throws InterruptedException {
    Window window = new Window(seconds, clients);
    vertx
        .getOrCreateContext()
        .runOnContext(
            begin -> {
              for (int i = 0; i < clients; i++) {
                next(window, i);
              }
            });
    window.ended.await();
    return window.result();
  }

  /** What one question has seen; only the event loop changes it until it has ended. */
  private static final class Window {
    final long startNanos = System.nanoTime();
    final long lengthNanos;
    final CountDownLatch ended;
    final Histogram latencies = new Histogram(3);
    long failures;
    long lastNanos;

    Window(int seconds, int clients) {
      lengthNanos = TimeUnit.SECONDS.toNanos(seconds);
      ended = new CountDownLatch(clients);
    }

    boolean isOver() {
      return System.nanoTime() - startNanos > lengthNanos;
    }

    void took(long sinceNanos, boolean succeeded) {
      lastNanos = System.nanoTime();
      latencies.recordValue(lastNanos - sinceNanos);
      failures += succeeded ? 0 : 1;
    }

    String result() {
      long puts = latencies.getTotalCount();
      return "%.0f %d %.3f %.3f %d"
          .formatted(
              puts * 1e9 / (lastNanos - startNanos),
              puts,
              latencies.getValueAtPercentile(50) / NANOS_PER_MILLI,
              latencies.getValueAtPercentile(99) / NANOS_PER_MILLI,
              failures);
    }
  }

  private void next(Window window, int key) {
    if (window.isOver()) {
      window.ended.countDown();
      return;
    }
    long sinceNanos = System.nanoTime();
    client
        .request(put)
        .compose(request -> send(request, key))
        .onComplete(
            answered -> {
              window.took(sinceNanos, answered.succeeded() && answered.result());
              if (answered.failed()) {
                System.err.println(answered.cause());
              }
              next(window, (key + 1) % KEYS);
            });
  }

  /** Tells whether the put has happened: the status of gRPC stands behind the body. */
  private Future<Boolean> send(HttpClientRequest request, int key) {
    return request
        .send(message("bench-" + key))
        .compose(response -> response.body().map(body -> isOk(response)));
  }

  private static boolean isOk(HttpClientResponse response) {
    return "0".equals(response.getTrailer("grpc-status"));
  }

  /** A frame of gRPC, not compressed, with a PutRequest of key and value. */
  private Buffer message(String key) {
    byte[] keyBytes = key.getBytes(StandardCharsets.US_ASCII);
    int length = 2 + keyBytes.length + 2 + value.length;
    return Buffer.buffer(5 + length)
        .appendByte((byte) 0)
        .appendInt(length)
        .appendByte((byte) KEY_FIELD)
        .appendByte((byte) keyBytes.length)
        .appendBytes(keyBytes)
        .appendByte((byte) VALUE_FIELD)
        .appendByte((byte) value.length)
        .appendBytes(value);
  }
}
