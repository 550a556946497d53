package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The bound of all bodies under way is 16 KiB, that of one is 1 KiB, or 4 KiB for a batch. */
class BodiesUnderWayTest {

  private static final String HEAD = " HTTP/1.1\r\nHost: test\r\n";
  private static final int FITTING = 16;

  @RegisterExtension final HttpFixture http = new HttpFixture();
  private final List<RawConnection> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws IOException {
    for (RawConnection connection : open) {
      connection.close();
    }
  }

  @Test
  void aBodyThatFindsNoRoomIsRefusedBeforeAnyOfItIsSent() throws Exception {
    fill();

    Reply reply = begin("PUT /kv/b" + HEAD + "Content-Length: 10\r\n\r\n").read(true);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.problem()).isEqualTo("overloaded");
    assertThat(reply.json().getString("limit")).isEqualTo("http.bodiesUnderWayBytes");
    assertThat(reply.header("Retry-After")).isEqualTo("1");
    assertThat(reply.header("Connection")).isEqualTo("close");
    assertThat(reply.header("Causa-Context")).isNotNull();
    assertThat(open.get(FITTING).isAtEnd()).isTrue();
    assertThat(http.get("/kv/b").status()).isEqualTo(404);
    assertThat(status().getInteger("bodiesRefused")).isEqualTo(1);
  }

  @Test
  void requestsWithoutABodyAreAnsweredWhileThereIsNoRoom() throws Exception {
    fill();

    assertThat(http.get("/health/live").status()).isEqualTo(200);
    assertThat(http.get("/kv/a").status()).isEqualTo(404);
    assertThat(http.send("DELETE", "/kv/a", null).status()).isEqualTo(200);
  }

  @Test
  void aClientThatGoesAwayMakesRoom() throws Exception {
    fill();

    open.get(0).close();

    awaitBytes(15 * 1024);
    assertThat(http.put("/kv/b", "x".repeat(1024)).status()).isEqualTo(200);
    awaitBytes(15 * 1024);
  }

  @Test
  void anAnsweredBodyMakesRoom() throws Exception {
    fill();

    for (RawConnection connection : open) {
      assertThat(connection.write("x".repeat(1023)).read(true).status()).isEqualTo(200);
    }

    awaitBytes(0);
    assertThat(status().getInteger("bodies")).isZero();
    assertThat(http.get("/kv/a").bytes()).hasSize(1024);
  }

  @Test
  void aChunkedBodyIsCountedAsItArrives() throws Exception {
    begin("PUT /kv/a" + HEAD + "Transfer-Encoding: chunked\r\n\r\n");
    RawConnection batch =
        begin("POST /kv" + HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk(100));
    awaitBytes(1024);

    batch.write(chunk(1000));
    awaitBytes(2048);
    batch.write(chunk(2000));
    awaitBytes(4096);
  }

  @Test
  void aChunkedBodyIsRefusedWhenThereIsNoMoreRoom() throws Exception {
    RawConnection chunked =
        begin("POST /kv" + HEAD + "Transfer-Encoding: chunked\r\n\r\n" + chunk(100));
    awaitBytes(1024);
    for (int i = 1; i < FITTING; i++) {
      begin("PUT /kv/a" + HEAD + "Content-Length: 1024\r\n\r\nx");
    }
    awaitBytes(FITTING * 1024);

    Reply reply = chunked.write(chunk(1000)).read(true);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.json().getString("limit")).isEqualTo("http.bodiesUnderWayBytes");
    assertThat(chunked.isAtEnd()).isTrue();
    awaitBytes(15 * 1024);
  }

  @Test
  void aRefusedRequestHoldsNothing() throws Exception {
    for (int i = 0; i < 2 * FITTING; i++) {
      assertThat(http.send("POST", "/kv", "x".repeat(1000)).status()).isEqualTo(400);
      assertThat(http.put("/kv/a", "x".repeat(1025)).status()).isEqualTo(413);
    }

    awaitBytes(0);
    assertThat(status().getInteger("bodiesRefused")).isZero();
  }

  @Test
  void aWriteThatWaitsForItsContextIsTheStoresToCount() throws Exception {
    String ahead = HttpFixture.context(HttpFixture.peerDot(9));
    begin(
        new String(
            HttpFixture.request("PUT", "/kv/a", "x".repeat(1024), ahead, "Prefer: wait=20")));
    http.awaitParked(1);

    awaitBytes(0);
  }

  /** Until the store's loop takes the write, only HTTP knows of its bytes. */
  @Test
  void aBodyIsCountedUntilTheStoreTakesItThoughItsClientIsGone() throws Exception {
    http.node.store.standStill();
    RawConnection gone =
        begin("PUT /kv/a" + HEAD + "Content-Length: 1024\r\n\r\n" + "x".repeat(1024));
    awaitBytes(1024);
    int connections = status().getInteger("connections");

    gone.close();

    HttpFixture.await(() -> status().getInteger("connections") < connections);
    assertThat(status().getInteger("bodiesBytes")).isEqualTo(1024);
    http.node.store.goOn();
    awaitBytes(0);
  }

  @Test
  void aWriteThatFailsHoldsNothing() throws Exception {
    http.node.store.breakWith(new IllegalStateException("broken"));

    for (int i = 0; i < 2 * FITTING; i++) {
      assertThat(http.put("/kv/a", "x".repeat(1024)).status()).isEqualTo(500);
    }
  }

  private void fill() throws IOException {
    for (int i = 0; i < FITTING; i++) {
      begin("PUT /kv/a" + HEAD + "Content-Length: 1024\r\n\r\nx");
    }
    awaitBytes(FITTING * 1024);
  }

  private RawConnection begin(String text) throws IOException {
    RawConnection connection = http.connect().write(text);
    open.add(connection);
    return connection;
  }

  private static String chunk(int bytes) {
    return Integer.toHexString(bytes) + "\r\n" + "x".repeat(bytes) + "\r\n";
  }

  private void awaitBytes(int bytes) {
    HttpFixture.await(() -> status().getInteger("bodiesBytes") == bytes);
  }

  private JsonObject status() {
    try {
      return http.get("/status").json().getJsonObject("http");
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }
}
