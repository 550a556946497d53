package io.causa.http;

import static io.causa.http.AccessFixture.bearer;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.access.Right;
import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.HeldId;
import io.causa.engine.api.HeldWrite;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A node that asks who they are. */
class AccessTest {

  private final AccessFixture tokens = new AccessFixture();

  @RegisterExtension final HttpFixture http = new HttpFixture(HttpFixture.LIMITS, tokens.access);

  /** A new route must be put here with the right that it needs: this is the whole interface. */
  private static final Map<String, Right> RIGHTS =
      Map.ofEntries(
          Map.entry("GET /kv/{key}", Right.READ),
          Map.entry("PUT /kv/{key}", Right.WRITE),
          Map.entry("DELETE /kv/{key}", Right.WRITE),
          Map.entry("GET /kv", Right.READ),
          Map.entry("POST /kv", Right.WRITE),
          Map.entry("POST /put", Right.WRITE),
          Map.entry("PUT /put", Right.WRITE),
          Map.entry("GET /get", Right.READ),
          Map.entry("GET /read", Right.READ),
          Map.entry("GET /", Right.OPEN),
          Map.entry("GET /status", Right.READ),
          Map.entry("GET /health/live", Right.OPEN),
          Map.entry("GET /health/ready", Right.OPEN),
          Map.entry("GET /admin/held", Right.ADMIN),
          Map.entry("GET /admin/held/{id}", Right.READ),
          Map.entry("DELETE /admin/held/{id}", Right.WRITE),
          Map.entry("POST /admin/backup", Right.ADMIN),
          Map.entry("DELETE /admin/members/{name}", Right.ADMIN),
          Map.entry("DELETE /admin/generations/{replica}", Right.ADMIN),
          Map.entry("GET /admin/faults", Right.ADMIN),
          Map.entry("PUT /admin/faults", Right.ADMIN));

  private List<Route> routes() {
    return Routes.of(new Edge(null, HttpFixture.LIMITS, null, null, null, null)).routes();
  }

  private Reply ask(Route route, String... headers) throws Exception {
    String target = route.path().replaceAll("\\{[a-z]+}", "x");
    return http.send(route.method().name(), target, null, headers);
  }

  @Test
  void everyRouteHasTheRightThatWasDecidedForIt() {
    assertThat(
            routes().stream()
                .collect(Collectors.toMap(r -> r.method() + " " + r.path(), Route::right)))
        .isEqualTo(RIGHTS);
  }

  @Test
  void withoutATokenOnlyTheOpenRoutesAnswer() throws Exception {
    for (Route route : routes()) {
      Reply reply = ask(route);

      if (route.right() == Right.OPEN) {
        assertThat(reply.status()).as(route.path()).isEqualTo(200);
      } else {
        assertThat(reply.status()).as(route.method() + route.path()).isEqualTo(401);
        assertThat(reply.problem()).isEqualTo("unauthenticated");
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(reply.json().getString("right")).isEqualTo(AccessGate.text(route.right()));
        assertThat(reply.detail()).contains("right " + AccessGate.text(route.right()));
      }
      assertThat(reply.header("Causa-Context")).as("of %s", route.path()).isNull();
      assertThat(reply.header("Causa-Clock")).isNull();
    }
  }

  @Test
  void eachRoleOpensItsRoutesAndNoOthers() throws Exception {
    for (Route route : routes()) {
      assertThat(refused(ask(route, bearer(tokens.reader))))
          .as("reader at %s %s", route.method(), route.path())
          .isEqualTo(route.right().compareTo(Right.READ) > 0);
      assertThat(refused(ask(route, bearer(tokens.writer))))
          .as("writer at %s %s", route.method(), route.path())
          .isEqualTo(route.right().compareTo(Right.WRITE) > 0);
      assertThat(refused(ask(route, bearer(tokens.admin))))
          .as("admin at %s %s", route.method(), route.path())
          .isFalse();
    }
  }

  private static boolean refused(Reply reply) {
    assertThat(reply.status()).isNotEqualTo(401);
    if (reply.status() == 403 && reply.problem().equals("forbidden")) {
      assertThat(reply.json().getString("right")).isNotBlank();
      assertThat(reply.header("Causa-Context")).isNotNull();
      return true;
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(strings = {"HEAD", "GET"})
  void headNeedsWhatGetNeeds(String method) throws Exception {
    assertThat(http.send(method, "/kv/a", null).status()).isEqualTo(401);
    assertThat(http.send(method, "/kv/a", null, bearer(tokens.reader)).status()).isEqualTo(404);
  }

  @Test
  void aRefusedWriteChangesNothingAndItsConnectionGoesOn() throws Exception {
    try (RawConnection connection = http.connect()) {
      connection.write(HttpFixture.request("PUT", "/kv/a", "1"));
      assertThat(connection.read(true).status()).isEqualTo(401);
      connection.write(HttpFixture.request("PUT", "/kv/a", "1", bearer(tokens.reader)));
      assertThat(connection.read(true).status()).isEqualTo(403);
      connection.write(HttpFixture.request("GET", "/kv/a", null, bearer(tokens.reader)));
      assertThat(connection.read(true).status()).isEqualTo(404);
      connection.write(HttpFixture.request("PUT", "/kv/a", "1", bearer(tokens.writer)));
      assertThat(connection.read(true).status()).isEqualTo(200);
      connection.write(HttpFixture.request("GET", "/kv/a", null));
      assertThat(connection.read(true).status()).as("each request proves itself").isEqualTo(401);
    }
  }

  @Test
  void wrongTokensAreCountedAndLimitedForTheirAddressAndTheRightOnePasses() throws Exception {
    String wrong = tokens.admin.substring(0, tokens.admin.length() - 3) + "AAA";
    for (int i = 0; i < AccessFixture.FAILURES; i++) {
      Reply reply = http.get("/kv/a", bearer(wrong));
      assertThat(reply.status()).isEqualTo(401);
      assertThat(reply.text()).doesNotContain(wrong.substring(20));
    }

    Reply limited = http.get("/kv/a", bearer(wrong));

    assertThat(limited.status()).isEqualTo(429);
    assertThat(limited.problem()).isEqualTo("too-many-failures");
    assertThat(Integer.parseInt(limited.header("Retry-After"))).isBetween(1, 60);
    assertThat(http.get("/health/ready", bearer(wrong)).status()).isEqualTo(200);
    JsonObject refused =
        http.get("/status", bearer(tokens.reader))
            .json()
            .getJsonObject("access")
            .getJsonObject("refused");
    assertThat(refused.getLong("wrong")).isEqualTo(AccessFixture.FAILURES + 2);
    assertThat(refused.getLong("limited")).isEqualTo(1);
  }

  @Test
  void aChangeOfTheFileIsInForceWithoutARestart() throws Exception {
    assertThat(http.get("/kv/a", bearer(tokens.reader)).status()).isEqualTo(404);

    tokens.revokeAll();

    HttpFixture.await(() -> status("/kv/a", bearer(tokens.reader)) != 404);
    assertThat(http.get("/kv/a", bearer(tokens.admin)).status()).isIn(401, 429);
  }

  private int status(String target, String... headers) {
    try {
      return http.get(target, headers).status();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET|/kv/c|",
        "GET|/kv/a|",
        "GET|/kv?key=a/1&key=c|",
        "GET|/kv|",
        "GET|/kv?prefix=|",
        "GET|/kv?prefix=a|",
        "GET|/kv?prefix=c|",
        "GET|/get?key=c|",
        "GET|/read?key=c|",
        "PUT|/kv/c|1",
        "PUT|/kv/a%2|1",
        "DELETE|/kv/c|",
        "POST|/kv|{\"put\":{\"a/1\":1,\"c\":2}}",
        "POST|/kv|{\"put\":{\"a/1\":1},\"delete\":[\"c\"]}",
        "POST|/kv|{\"putBytes\":{\"c\":{\"base64\":\"\"}}}",
        "POST|/put|{\"key\":\"c\",\"value\":1}",
        "PUT|/put|{\"key\":\"c\",\"value\":1}",
      })
  void aTokenWithPrefixesReachesNoOtherKey(String method, String target, String body)
      throws Exception {
    http.put("/kv/c", "secret", bearer(tokens.writer));

    Reply reply = http.send(method, target, body, bearer(tokens.limitedWriter));

    assertThat(reply.status()).isIn(403, 400);
    assertThat(reply.problem()).isIn("forbidden", "bad-encoding");
    assertThat(reply.text()).doesNotContain("secret");
    assertThat(http.get("/kv/c", bearer(tokens.reader)).text()).isEqualTo("secret");
  }

  @Test
  void withinItsPrefixesItWorks() throws Exception {
    assertThat(http.put("/kv/a/1", "1", bearer(tokens.limitedWriter)).status()).isEqualTo(200);
    assertThat(
            http.send("POST", "/kv", "{\"put\":{\"a/2\":2}}", bearer(tokens.limitedWriter))
                .status())
        .isEqualTo(200);
    assertThat(http.get("/kv?key=a/1&key=b", bearer(tokens.limitedReader)).status()).isEqualTo(200);
    assertThat(http.get("/kv?prefix=a/", bearer(tokens.limitedReader)).json().getJsonArray("keys"))
        .containsExactly("a/1", "a/2");
  }

  /** The prefixes are looked at before the key. */
  @Test
  void anotherKeyLooksTheSameWhetherItIsThereOrNot() throws Exception {
    http.put("/kv/there", "1", bearer(tokens.writer));

    String there = http.get("/kv/there", bearer(tokens.limitedReader)).text();
    String away = http.get("/kv/never", bearer(tokens.limitedReader)).text();

    assertThat(there.replace("there", "K")).isEqualTo(away.replace("never", "K"));
  }

  @Test
  void theStatusForATokenWithPrefixesShowsNoOtherKey() throws Exception {
    http.put("/kv/elsewhere", "concealed", "Content-Type: text/plain", bearer(tokens.writer));
    hold(1, "secret");
    hold(2, "a/1");

    for (String accept : List.of("application/json", "text/html")) {
      for (String target : List.of("/status", "/")) {
        String text = http.get(target, "Accept: " + accept, bearer(tokens.limitedReader)).text();
        assertThat(text)
            .doesNotContain("elsewhere")
            .doesNotContain("concealed")
            .doesNotContain("secret");
        assertThat(text).doesNotContain("&lt;b&gt;").doesNotContain("<b>\"");
      }
    }
    JsonObject status = http.get("/status", bearer(tokens.limitedReader)).json();
    assertThat(status.getBoolean("store_truncated")).isTrue();
    assertThat(status.getJsonArray("held")).isEmpty();
    assertThat(status.getJsonArray("buffered")).isEmpty();
    JsonObject ofH = http.get("/status", bearer(tokens.readerOfH)).json();
    assertThat(ofH.getJsonArray("held")).as("the held write of h").hasSize(1);
    assertThat(ofH.getJsonArray("buffered")).isEmpty();
    assertThat(http.get("/status", bearer(tokens.reader)).text()).contains("concealed");
  }

  @Test
  void aHeldWriteOfOtherKeysIsAsGoodAsAway() throws Exception {
    hold(1, "secret");
    hold(2, "a/1");

    assertThat(http.get("/admin/held/1a-1", bearer(tokens.limitedWriter)).status()).isEqualTo(404);
    assertThat(http.send("DELETE", "/admin/held/1a-1", null, bearer(tokens.limitedWriter)).status())
        .isEqualTo(404);
    assertThat(http.get("/admin/held/1a-1", bearer(tokens.reader)).status()).isEqualTo(200);
    assertThat(http.get("/admin/held/1a-2", bearer(tokens.limitedWriter)).status()).isEqualTo(200);
    assertThat(http.send("DELETE", "/admin/held/1a-2", null, bearer(tokens.limitedWriter)).status())
        .isEqualTo(200);
    assertThat(http.node.held.writes).hasSize(1);
  }

  private void hold(long ticket, String key) {
    http.node.held.writes.add(
        new HeldWrite(new HeldId(46, ticket), List.of(key), 1, 1, 1, HttpFixture.peerDot(9)));
  }

  @Test
  void strangersLearnWhetherTheNodeServesAndNothingElse() throws Exception {
    http.node.applyFromPeer(1, 1, new Mutation.Put("k", new Value(Bytes.wrap(new byte[0]), "t")));

    for (String accept : List.of("application/json", "text/html")) {
      Reply home = http.get("/", "Accept: " + accept);
      assertThat(home.json().fieldNames()).containsExactlyInAnyOrder("id", "cluster", "ready");
    }
    http.node.ready = false;
    Reply ready = http.get("/health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.text()).doesNotContain("node2");
    for (String target : List.of("/nowhere", "/kv/" + "a".repeat(5000))) {
      assertThat(http.get(target).header("Causa-Clock")).isNull();
    }
  }

  @Test
  void theStatusSaysThatTheNodeIsProtected() throws Exception {
    JsonObject access = http.get("/status", bearer(tokens.reader)).json().getJsonObject("access");

    assertThat(access.getBoolean("protected")).isTrue();
    assertThat(access.getBoolean("insecure")).isFalse();
    assertThat(access.getInteger("tokens")).isEqualTo(6);
  }
}
