package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body has 200 ms to arrive. */
class SlowBodyTest {

  @RegisterExtension final HttpFixture http = new HttpFixture(HttpFixture.limits(200, 40));

  @ParameterizedTest
  @ValueSource(strings = {"Content-Length: 10\r\n\r\nabc", "Transfer-Encoding: chunked\r\n\r\n"})
  void aBodyThatDoesNotComeIsGivenUp(String begun) throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("PUT /kv/a HTTP/1.1\r\nHost: test\r\n" + begun);

      Reply reply = connection.read(true);

      assertThat(reply.status()).isEqualTo(408);
      assertThat(reply.problem()).isEqualTo("body-too-slow");
      assertThat(reply.json().getString("limit")).isEqualTo("http.bodyMillis");
      assertThat(reply.header("Connection")).isEqualTo("close");
      assertThat(connection.isAtEnd()).isTrue();
    }
    JsonObject load = http.get("/status").json().getJsonObject("http");
    assertThat(load.getInteger("bodiesLate")).isEqualTo(1);
    assertThat(load.getInteger("bodiesBytes")).isZero();
    assertThat(http.get("/kv/a").status()).isEqualTo(404);
  }

  @Test
  void aBodyThatTricklesInIsGivenUpAsWell() throws Exception {
    try (RawConnection connection = http.connect();
        RawConnection other = http.connect()) {
      connection.write("PUT /kv/a HTTP/1.1\r\nHost: test\r\nContent-Length: 1000\r\n\r\nab");
      other.write(HttpFixture.request("PUT", "/kv/b", "in time"));
      assertThat(other.read(true).status()).isEqualTo(200);

      HttpFixture.await(() -> isLate(connection));

      assertThat(connection.read(true).status()).isEqualTo(408);
    }
  }

  /** One byte more, each time somebody looks. */
  private boolean isLate(RawConnection connection) {
    try {
      connection.write("x");
      return http.get("/status").json().getJsonObject("http").getInteger("bodiesLate") == 1;
    } catch (java.io.IOException broken) {
      throw new AssertionError(broken);
    }
  }

  @Test
  void aConnectionWhoseBodiesCameInTimeIsKeptForever() throws Exception {
    try (RawConnection connection = http.connect();
        RawConnection slow = http.connect()) {
      connection.write(HttpFixture.request("PUT", "/kv/a", "1"));
      assertThat(connection.read(true).status()).isEqualTo(200);
      slow.write("PUT /kv/b HTTP/1.1\r\nHost: test\r\nContent-Length: 10\r\n\r\n");
      assertThat(slow.read(true).status()).isEqualTo(408);

      connection.write(HttpFixture.request("PUT", "/kv/a", "2"));

      assertThat(connection.read(true).status()).isEqualTo(200);
    }
  }
}
