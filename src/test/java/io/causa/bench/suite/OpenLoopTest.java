package io.causa.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.bench.suite.OpenLoop.Answered;
import io.causa.bench.suite.OpenLoop.Result;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The client of fixed rate against small servers. No test asserts how long anything took. */
class OpenLoopTest {

  private static final int REQUESTS_A_SECOND = 200;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() {
    vertx.close().await();
  }

  private int serve(io.vertx.core.Handler<HttpServerRequest> handler) {
    HttpServer server = vertx.createHttpServer().requestHandler(handler);
    return server.listen(0, Lab.HOST).await().actualPort();
  }

  @Test
  void sendsAsManyAsItWasTold() throws Exception {
    int port = serve(request -> request.response().end("value-" + asked.incrementAndGet()));
    List<Long> answered = new ArrayList<>();
    Answered note = (request, start, answer) -> answered.add(request);
    try (OpenLoop client = new OpenLoop(port, 2, note)) {
      Result result = client.run(REQUESTS_A_SECOND, 1, Requests.gets());
      assertThat(result.latencies().getTotalCount()).isEqualTo(REQUESTS_A_SECOND);
      assertThat(result.failures()).isZero();
      assertThat(result.unanswered()).isZero();
    }
    assertThat(asked).hasValue(REQUESTS_A_SECOND);
    assertThat(answered).hasSize(REQUESTS_A_SECOND).doesNotHaveDuplicates();
  }

  @Test
  void countsWhatFails() throws Exception {
    int port =
        serve(
            request ->
                request.response().setStatusCode(asked.incrementAndGet() <= 3 ? 503 : 200).end());
    try (OpenLoop client = new OpenLoop(port, 1, Answered.IGNORED)) {
      assertThat(client.run(REQUESTS_A_SECOND, 1, Requests.puts()).failures()).isEqualTo(3);
    }
  }

  /** Ten requests wait behind one that is answered late: all of them are charged for it. */
  @Test
  void chargesAServerThatStandsStillForAllThatItKeptWaiting() throws Exception {
    int lateMillis = 300;
    int port =
        serve(
            request -> {
              if (asked.incrementAndGet() == 1) {
                vertx.setTimer(lateMillis, late -> request.response().end());
              } else {
                request.response().end();
              }
            });
    try (OpenLoop client = new OpenLoop(port, 1, Answered.IGNORED)) {
      Result result = client.run(REQUESTS_A_SECOND, 1, Requests.gets());
      long slow = result.latencies().getCountBetweenValues(50_000_000, Long.MAX_VALUE / 2);
      assertThat(slow).isGreaterThan(10);
    }
  }

  @Test
  void readsHeadersAndAnswersInPieces() throws Exception {
    byte[] answer =
        "HTTP/1.1 200 OK\r\nCausa-Version: node1:17\r\nContent-Length: 3\r\n\r\nabc".getBytes();
    var server = vertx.createNetServer();
    server.connectHandler(
        socket ->
            socket.handler(
                request -> {
                  int half = answer.length / 2;
                  socket.write(io.vertx.core.buffer.Buffer.buffer(answer).slice(0, half));
                  vertx.setTimer(
                      5,
                      later ->
                          socket.write(
                              io.vertx.core.buffer.Buffer.buffer(answer)
                                  .slice(half, answer.length)));
                }));
    int port = server.listen(0, Lab.HOST).await().actualPort();
    List<String> versions = new ArrayList<>();
    Answered note =
        (request, start, got) -> versions.add(got.header("causa-version").orElse("missing"));
    try (OpenLoop client = new OpenLoop(port, 4, note)) {
      client.run(20, 1, Requests.gets()).requireComplete("GET");
    }
    assertThat(versions).hasSize(20).containsOnly("node1:17");
  }
}
