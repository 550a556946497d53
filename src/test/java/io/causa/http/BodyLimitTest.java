package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyLimitTest {

  private static final String HEAD = " HTTP/1.1\r\nHost: test\r\n";

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void aValueOfTheLimitFits() throws Exception {
    http.put("/kv/a", "x".repeat(1024));

    assertThat(http.get("/kv/a").bytes()).hasSize(1024);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /kv/a, 1025, http.valueBytes, 1024",
    "POST, /kv, 4097, http.bodyBytes, 4096",
    "POST, /put, 4097, http.bodyBytes, 4096"
  })
  void aDeclaredBodyOverTheLimitIsRefusedBeforeAnyOfItIsSent(
      String method, String target, int bytes, String limit, int limitBytes) throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write(method + " " + target + HEAD + "Content-Length: " + bytes + "\r\n\r\n");

      Reply reply = connection.read(true);

      assertThat(reply.status()).isEqualTo(413);
      assertThat(reply.problem()).isEqualTo("too-large");
      assertThat(reply.json().getString("limit")).isEqualTo(limit);
      assertThat(reply.json().getInteger("limitBytes")).isEqualTo(limitBytes);
      assertThat(reply.header("Connection")).isEqualTo("close");
      assertThat(reply.header("Causa-Context")).isNotNull();
      assertThat(connection.isAtEnd()).isTrue();
    }
  }

  @Test
  void aChunkedBodyIsRefusedAsSoonAsItPassesTheLimit() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("PUT /kv/a" + HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      connection.write("400\r\n" + "x".repeat(1024) + "\r\n" + "1\r\nx\r\n");

      Reply reply = connection.read(true);

      assertThat(reply.status()).isEqualTo(413);
      assertThat(connection.isAtEnd()).isTrue();
      assertThat(http.get("/kv/a").status()).isEqualTo(404);
    }
  }

  @Test
  void aChunkedBodyWithinTheLimitIsKept() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("PUT /kv/a" + HEAD + "Transfer-Encoding: chunked\r\n\r\n");
      connection.write("3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

      assertThat(connection.read(true).status()).isEqualTo(200);
      assertThat(http.get("/kv/a").text()).isEqualTo("abcde");
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOn() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("PUT /kv/a" + HEAD + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n");

      assertThat(connection.read(false).status()).isEqualTo(100);
      assertThat(connection.write("ab").read(true).status()).isEqualTo(200);
    }
  }

  @Test
  void aClientThatAsksFirstIsToldThatItsBodyIsTooLarge() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("PUT /kv/a" + HEAD + "Expect: 100-continue\r\nContent-Length: 2000\r\n\r\n");

      assertThat(connection.read(true).status()).isEqualTo(413);
    }
  }

  @Test
  void aClientThatKeepsSendingAfterARefusalStillGetsTheAnswer() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("PUT /kv/a" + HEAD + "Content-Length: 1000000\r\n\r\n");
      connection.write("x".repeat(500_000));

      assertThat(connection.read(true).status()).isEqualTo(413);
    }
  }

  @Test
  void aClientThatGoesAwayInTheMiddleOfABodyWritesNothing() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("PUT /kv/a" + HEAD + "Content-Length: 10\r\n\r\nabc");
    }

    assertThat(http.get("/kv/a").status()).isEqualTo(404);
  }

  @Test
  void aRefusedRequestWithASmallBodyLeavesTheConnectionUsable() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write(HttpFixture.request("PUT", "/kv/%zz", "abc"));
      assertThat(connection.read(true).status()).isEqualTo(400);

      connection.write(HttpFixture.request("PUT", "/kv/a", "abc"));
      assertThat(connection.read(true).status()).isEqualTo(200);
    }
  }

  @Test
  void aRefusedRequestThatNeverEndsLosesItsConnection() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("PUT /kv/%zz" + HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");

      assertThat(connection.read(true).status()).isEqualTo(400);
      assertThat(connection.isAtEnd()).isTrue();
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write(HttpFixture.request("PUT", "/kv/a", "1"));
      connection.write(HttpFixture.request("GET", "/kv/a", null));
      connection.write(HttpFixture.request("DELETE", "/kv/a", null));
      connection.write(HttpFixture.request("GET", "/kv/a", null));

      assertThat(connection.read(true).status()).isEqualTo(200);
      assertThat(connection.read(true).text()).isEqualTo("1");
      assertThat(connection.read(true).status()).isEqualTo(200);
      assertThat(connection.read(true).status()).isEqualTo(404);
    }
  }
}
