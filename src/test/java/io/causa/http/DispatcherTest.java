package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.core.DataFill;
import io.causa.core.DataLimit;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispatcherTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @ParameterizedTest
  @ValueSource(
      strings = {"/statsu", "/KV/a", "/kvs", "/status/", "/health", "//kv/a", "/../kv/a", "*"})
  void aPathTypoIsAnsweredWithThePathsThatExist(String target) throws Exception {
    Reply reply = http.get(target);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.problem()).isEqualTo("unknown-path");
    assertThat(reply.detail()).contains("/kv/{key}").contains("/status");
    assertThat(reply.header("Causa-Context")).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /kv/a, 'GET, HEAD, PUT, DELETE, OPTIONS'",
    "PATCH, /kv/a, 'GET, HEAD, PUT, DELETE, OPTIONS'",
    "GETT, /kv/a, 'GET, HEAD, PUT, DELETE, OPTIONS'",
    "PUT, /kv, 'GET, HEAD, POST, OPTIONS'",
    "GET, /put, 'POST, PUT, OPTIONS'",
    "DELETE, /status, 'GET, HEAD, OPTIONS'",
    "POST, /admin/faults, 'GET, HEAD, PUT, OPTIONS'"
  })
  void anUnknownMethodIsAnsweredWithTheAllowedOnes(String method, String target, String allow)
      throws Exception {
    Reply reply = http.send(method, target, null);

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.problem()).isEqualTo("method-not-allowed");
    assertThat(reply.header("Allow")).isEqualTo(allow);
    assertThat(reply.detail()).contains(method);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Host: a b\r\n", "Transfer-Encoding: gzip\r\nContent-Length: 1\r\n"})
  void aRequestWithoutAHostIsRefusedAsAProblem(String headers) throws Exception {
    for (String version : List.of("HTTP/1.0", "HTTP/1.1")) {
      try (RawConnection connection = http.connect()) {
        connection.write("PUT /kv/a " + version + "\r\n" + headers + "\r\n");

        Reply reply = connection.read(true);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.problem()).isEqualTo("malformed-request");
        assertThat(reply.detail()).contains("Host");
        assertThat(reply.header("Causa-Context")).isNotNull();
        assertThat(reply.header("Date")).isNotNull();
        assertThat(connection.isAtEnd()).isTrue();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /kv/a, 404",
    "PUT, /kv/a, 200",
    "OPTIONS, /kv/a, 204",
    "PATCH, /kv/a, 405",
    "GET, /status, 200",
    "GET, /nowhere, 404",
    "POST, /kv, 400",
    "GET, a b c, 400"
  })
  void everyAnswerSaysWhenItWasMade(String method, String target, int status) throws Exception {
    Reply reply = http.send(method, target, null);

    ZonedDateTime date =
        ZonedDateTime.parse(reply.header("Date"), DateTimeFormatter.RFC_1123_DATE_TIME);
    assertThat(reply.status()).isEqualTo(status);
    assertThat(Duration.between(date, ZonedDateTime.now()).abs()).isLessThan(Duration.ofMinutes(5));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "{} {}",
        "[1, {\"a\": null}]",
        "\"a\"",
        "null",
        "{\"put\": {}, \"delete\": [{\"a\": [1]}]}",
        "{\"putBytes\": {\"a\": {\"base64\": {\"b\": 1}}}}",
        "{\"putBytes\": {\"a\": {\"base64\": \"*\"}}}",
        "{\"put\": {\"a\": 1, \"a\": 2}}",
        "[]",
        "{\"put\": [1]}",
        "{\"a\":",
        "nonsense",
        "{\"put\": {\"a\": NaN}}"
      })
  void noAnswerShowsTheClassesOfTheNode(String body) throws Exception {
    Reply reply = http.send("POST", "/kv", body);

    assertThat(reply.problem()).isEqualTo("bad-body");
    assertThat(reply.detail())
        .as(reply.detail())
        .doesNotContainPattern("java|Sour|jackson|vertx|causa\\.|[a-z]\\.[A-Z]|@|`|\\[[a-z]+=");
  }

  @Test
  void aDeepBodyIsRefusedInPlainWords() throws Exception {
    Reply reply = http.send("POST", "/kv", "[".repeat(2000));

    assertThat(reply.detail()).contains("nested too deeply").doesNotContain("Stream");
  }

  @Test
  void optionsNamesTheAllowedMethods() throws Exception {
    Reply reply = http.send("OPTIONS", "/kv/a", null);

    assertThat(reply.status()).isEqualTo(204);
    assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, PUT, DELETE, OPTIONS");
    assertThat(reply.header("Content-Length")).isNull();
  }

  @ParameterizedTest
  @CsvSource({"GET, /kv/a", "PUT, /kv/a", "GET, /kv", "POST, /kv", "POST, /put", "GET, /get?key=a"})
  void untilTheNodeIsReadyDataIsNotServed(String method, String target) throws Exception {
    http.node.ready = false;

    Reply reply = http.send(method, target, null);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.problem()).isEqualTo("not-ready");
    assertThat(reply.header("Retry-After")).isEqualTo("1");
    assertThat(reply.header("Causa-Context")).isNotNull();
  }

  @Test
  void aWriteThatTheDataHasNoRoomForIsAnsweredWithHowFullItIs() throws Exception {
    http.node.data = new DataFill(130, new DataLimit(100, 20), 2, 0);
    http.node.store().fillData(http.node.data);

    Reply reply = http.put("/kv/a", "1");

    assertThat(reply.status()).isEqualTo(507);
    assertThat(reply.problem()).isEqualTo("data-full");
    assertThat(reply.json().getString("limit")).isEqualTo("store.dataBytes");
    assertThat(reply.json().getLong("limitBytes")).isEqualTo(100);
    assertThat(reply.json().getLong("usedBytes")).isEqualTo(130);
    assertThat(reply.header("Retry-After")).isNull();
    assertThat(http.send("POST", "/kv", "{\"put\":{\"a\":1}}").status()).isEqualTo(507);
    assertThat(http.send("DELETE", "/kv/a", null).status()).isEqualTo(200);
    assertThat(http.get("/kv/b").status()).as("reads are served").isEqualTo(404);
    assertThat(http.get("/health/ready").status()).isEqualTo(503);
    assertThat(http.get("/status").json().getBoolean("ready")).isFalse();
    assertThat(http.get("/status").json().getJsonObject("data").getInteger("percent"))
        .isEqualTo(130);
  }

  @ParameterizedTest
  @CsvSource({"PUT, /kv/a", "DELETE, /kv/a"})
  void atTheEndOfAllTimesAWriteIsRefusedForGood(String method, String target) throws Exception {
    http.node.store().exhaust();

    Reply reply = http.send(method, target, null);

    assertThat(reply.status()).isEqualTo(507);
    assertThat(reply.problem()).isEqualTo("clock-exhausted");
    assertThat(reply.json().getLong("lamport")).isPositive();
    assertThat(reply.header("Retry-After")).isNull();
    assertThat(http.get("/kv/a").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @CsvSource({"GET, /kv?key=a", "PUT, /kv/a", "DELETE, /kv/a"})
  void aFullStoreIsAnsweredWithTheLimitThatIsReached(String method, String target)
      throws Exception {
    http.node.store().fill();

    Reply reply = http.send(method, target, null);

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.problem()).isEqualTo("overloaded");
    assertThat(reply.json().getString("limit")).startsWith("store.");
    assertThat(reply.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void anErrorInsideIsAnsweredAndTheConnectionGoesOn() throws Exception {
    http.node.store().breakWith(new IllegalStateException("broken for this test"));
    try (RawConnection connection = http.connect()) {
      connection.write(HttpFixture.request("PUT", "/kv/a", "1"));

      Reply reply = connection.read(true);

      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.problem()).isEqualTo("internal-error");
      assertThat(reply.text()).doesNotContain("broken for this test");
      connection.write(HttpFixture.request("GET", "/health/live", null));
      assertThat(connection.read(true).status()).isEqualTo(200);
    }
  }

  @Test
  void aRequestLineThatIsTooLongIsRefusedWithTheLimit() throws Exception {
    Reply reply = http.get("/kv/" + "a".repeat(5000));

    assertThat(reply.status()).isEqualTo(414);
    assertThat(reply.json().getString("limit")).isEqualTo("http.requestLineBytes");
    assertThat(reply.header("Causa-Context")).isNotNull();
  }

  @Test
  void headersThatAreTooLargeAreRefusedWithTheLimit() throws Exception {
    Reply reply = http.get("/kv/a", "X-Large: " + "a".repeat(3000));

    assertThat(reply.status()).isEqualTo(431);
    assertThat(reply.json().getString("limit")).isEqualTo("http.headerBytes");
  }

  @Test
  void whatIsNoHttpIsRefusedAndTheConnectionClosed() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("hello\r\n\r\n");

      Reply reply = connection.read(true);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.problem()).isEqualTo("malformed-request");
      assertThat(connection.isAtEnd()).isTrue();
    }
  }

  @Test
  void twoContentLengthsAreRefused() throws Exception {
    Reply reply = http.put("/kv/a", "1", "Content-Length: 5");

    assertThat(reply.status()).isEqualTo(400);
  }
}
