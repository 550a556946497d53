package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three connections are allowed, and three are open. */
class ConnectionLimitTest {

  private static final int LIMIT = 3;

  @RegisterExtension final HttpFixture http = new HttpFixture(HttpFixture.limits(30_000, LIMIT));
  private final List<RawConnection> open = new ArrayList<>();

  @BeforeEach
  void fill() throws IOException {
    for (int i = 0; i < LIMIT; i++) {
      assertThat(get(connect(), "/kv/a").status()).isEqualTo(404);
    }
  }

  @AfterEach
  void closeAll() throws IOException {
    for (RawConnection connection : open) {
      connection.close();
    }
  }

  @Test
  void oneMoreIsToldWhyAndClosed() throws Exception {
    RawConnection surplus = connect();

    Reply reply = get(surplus, "/kv/a");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.problem()).isEqualTo("overloaded");
    assertThat(reply.json().getString("limit")).isEqualTo("http.connections");
    assertThat(reply.header("Retry-After")).isEqualTo("1");
    assertThat(reply.header("Connection")).isEqualTo("close");
    assertThat(surplus.isAtEnd()).isTrue();
  }

  @Test
  void aBodyOnOneMoreIsNotRead() throws Exception {
    RawConnection surplus = connect();
    surplus.write(HttpFixture.request("PUT", "/kv/a", "x".repeat(1000)));

    assertThat(surplus.read(true).status()).isEqualTo(503);
    assertThat(surplus.isAtEnd()).isTrue();
  }

  @Test
  void probesAndPeopleAreAnsweredOnOneMoreAsWell() throws Exception {
    Reply live = get(connect(), "/health/live");
    JsonObject load = get(connect(), "/status").json().getJsonObject("http");

    assertThat(live.status()).isEqualTo(200);
    assertThat(live.header("Connection")).isEqualTo("close");
    assertThat(load.getInteger("connections")).isGreaterThan(LIMIT);
    assertThat(load.getInteger("connectionsLimit")).isEqualTo(LIMIT);
    assertThat(load.getInteger("connectionsRefused")).isEqualTo(2);
  }

  @Test
  void oneMoreThatAsksNothingIsClosed() throws Exception {
    assertThat(connect().isAtEnd()).isTrue();
  }

  @Test
  void farTooManyAreClosedAndTheOthersServedOn() throws Exception {
    for (int i = 0; i <= ConnectionBudget.SURPLUS + 5; i++) {
      connect();
    }

    assertThat(isCutOff(open.get(open.size() - 1))).isTrue();
    assertThat(get(open.get(0), "/kv/a").status()).isEqualTo(404);
  }

  @Test
  void thereIsRoomAgainAfterOneWent() throws Exception {
    open.get(0).close();

    HttpFixture.await(() -> isServed());
  }

  private boolean isServed() {
    try (RawConnection connection = http.connect()) {
      return get(connection, "/kv/a").status() == 404;
    } catch (IOException broken) {
      throw new AssertionError(broken);
    }
  }

  private static boolean isCutOff(RawConnection connection) throws IOException {
    try {
      return connection.isAtEnd();
    } catch (SocketException | EOFException reset) {
      return true;
    }
  }

  private RawConnection connect() throws IOException {
    RawConnection connection = http.connect();
    open.add(connection);
    return connection;
  }

  private static Reply get(RawConnection connection, String target) throws IOException {
    return connection.write(HttpFixture.request("GET", target, null)).read(true);
  }
}
