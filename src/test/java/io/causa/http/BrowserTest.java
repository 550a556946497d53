package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.access.FailureLimit;
import io.causa.access.HostRules;
import io.causa.access.OriginRules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages in a browser of this machine can do to a node that asks nobody who they are. */
class BrowserTest {

  private static final String APP = "https://app.example";

  @RegisterExtension
  final HttpFixture http =
      new HttpFixture(
          HttpFixture.LIMITS,
          new Access(
              Optional.empty(),
              new OriginRules(List.of(APP)),
              HostRules.names(List.of("test")),
              new FailureLimit(1, 1000),
              false));

  @ParameterizedTest
  @CsvSource({
    "POST, /put, application/x-www-form-urlencoded",
    "POST, /put, text/plain",
    "POST, /put, multipart/form-data",
    "POST, /put, application/json",
    "POST, /kv, text/plain",
    "PUT, /kv/a, text/plain",
    "DELETE, /kv/a, text/plain",
    "POST, /admin/backup?name=a, text/plain",
    "PUT, /admin/faults, text/plain",
    "DELETE, /admin/members/node2, text/plain",
    "DELETE, /admin/held/1a-1, text/plain"
  })
  void aForeignPageChangesNothing(String method, String target, String type) throws Exception {
    String body = "{\"key\":\"a\",\"value\":1}";
    for (String from :
        List.of(
            "Origin: https://evil.example",
            "Origin: null",
            "Origin: http://test.evil.example",
            "Referer: https://evil.example/form.html",
            "Sec-Fetch-Site: cross-site")) {
      Reply reply = http.send(method, target, body, "Content-Type: " + type, from);

      assertThat(reply.status()).as(from).isEqualTo(403);
      assertThat(reply.problem()).isEqualTo("foreign-origin");
      assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
    }
    assertThat(http.get("/kv/a").status()).isEqualTo(404);
    assertThat(
            http.get("/status")
                .json()
                .getJsonObject("access")
                .getJsonObject("refused")
                .getInteger("foreign_origins"))
        .isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://test", "Origin: https://app.example", "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none", "Referer: http://test/page", "X-Nothing: 1"
      })
  void ownAndAllowedPagesAndProgramsDo(String from) throws Exception {
    String form = "Content-Type: application/x-www-form-urlencoded";

    assertThat(http.send("POST", "/put", "{\"key\":\"a\",\"value\":1}", form, from).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:5001", "localhost.evil.example"})
  void aNameThatIsNotTheNodesIsNotAnswered(String host) throws Exception {
    http.put("/kv/a", "secret");
    for (String target : List.of("/kv/a", "/status", "/", "/kv?key=a", "/nowhere")) {
      try (RawConnection connection = http.connect()) {
        connection.write("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");

        Reply reply = connection.read(true);

        assertThat(reply.status()).as(target).isEqualTo(421);
        assertThat(reply.problem()).isEqualTo("unknown-host");
        assertThat(reply.detail()).contains("access.hosts");
        assertThat(reply.text()).doesNotContain("secret");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost:5001", "127.0.0.1:5001", "[::1]:5001", "test", "10.0.0.7"})
  void itsOwnNamesAre(String host) throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(connection.read(true).status()).isEqualTo(200);
    }
  }

  /** A target in absolute form replaces the header, as the RFC has it. */
  @Test
  void theNameInTheTargetCountsAsWell() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write("GET http://evil.example/status HTTP/1.1\r\nHost: evil.example\r\n\r\n");
      assertThat(connection.read(true).status()).isNotEqualTo(200);
    }
  }

  @Test
  void aValueRunsNoScript() throws Exception {
    http.put("/kv/page", "<script>alert(1)</script>", "Content-Type: text/html");

    Reply reply = http.get("/kv/page");

    assertThat(reply.header("Content-Type")).isEqualTo("text/html");
    assertThat(reply.header("Content-Security-Policy")).isEqualTo("sandbox");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void theHomePageRunsNoScriptAndIsInNoFrame() throws Exception {
    Reply reply = http.get("/", "Accept: text/html");

    assertThat(reply.header("Content-Security-Policy"))
        .contains("default-src 'none'")
        .contains("frame-ancestors 'none'")
        .doesNotContain("script-src");
  }

  @Test
  void anAllowedPageMayAskAndRead() throws Exception {
    Reply preflight =
        http.send(
            "OPTIONS",
            "/kv/a",
            null,
            "Origin: " + APP,
            "Access-Control-Request-Method: PUT",
            "Access-Control-Request-Headers: authorization, causa-context");
    Reply put = http.put("/kv/a", "1", "Origin: " + APP);
    Reply missing = http.get("/kv/b", "Origin: " + APP);

    assertThat(preflight.status()).isEqualTo(204);
    assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo(APP);
    assertThat(preflight.header("Access-Control-Allow-Methods")).contains("PUT").contains("DELETE");
    assertThat(preflight.header("Access-Control-Allow-Headers"))
        .contains("Authorization")
        .contains("Causa-Context");
    assertThat(preflight.header("Access-Control-Allow-Credentials")).isNull();
    for (Reply reply : List.of(put, missing)) {
      assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo(APP);
      assertThat(reply.header("Access-Control-Expose-Headers")).contains("Causa-Context");
      assertThat(reply.header("Vary")).contains("origin");
    }
  }

  @Test
  void aForeignPageMayNotAskAndNotRead() throws Exception {
    Reply preflight =
        http.send(
            "OPTIONS",
            "/kv/a",
            null,
            "Origin: https://evil.example",
            "Access-Control-Request-Method: PUT");
    Reply read = http.get("/kv/a", "Origin: https://evil.example");

    for (Reply reply : List.of(preflight, read)) {
      assertThat(reply.header("Access-Control-Allow-Origin")).isNull();
      assertThat(reply.header("Access-Control-Allow-Methods")).isNull();
      assertThat(reply.header("Vary")).containsIgnoringCase("origin");
    }
  }
}
