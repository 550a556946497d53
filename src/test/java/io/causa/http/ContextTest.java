package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.membership.Endings;
import io.causa.membership.Retirement;
import io.causa.wire.ContextToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's context does: it is waited for, never longer than asked, never forgotten. */
class ContextTest {

  private static final Mutation PUT = new Mutation.Put("x", Value.text("5"));

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void aCoveredContextIsServedAtOnce() throws Exception {
    String token = "Causa-Context: " + http.put("/kv/a", "1").header("Causa-Context");

    assertThat(http.get("/kv/a", token, "Prefer: wait=0").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/kv/x", "/kv?key=x", "/kv?prefix=", "/get?key=x"})
  void aReadWaitsForItsContext(String target) throws Exception {
    try (RawConnection waiting = http.connect()) {
      waiting.write(HttpFixture.request("GET", target, null, ahead(1), "Prefer: wait=10"));
      http.awaitParked(1);

      http.node.applyFromPeer(1, 1, PUT);

      Reply reply = waiting.read(true);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).contains(target.contains("prefix") ? "x" : "5");
      assertThat(reply.context()).isEqualTo(VersionVector.of(HttpFixture.peerDot(1)));
      assertThat(reply.header("Preference-Applied")).isEqualTo("wait=10");
    }
  }

  @Test
  void aWriteWaitsForItsContext() throws Exception {
    try (RawConnection waiting = http.connect()) {
      waiting.write(HttpFixture.request("PUT", "/kv/y", "1", ahead(1), "Prefer: wait=10"));
      http.awaitParked(1);
      assertThat(http.get("/kv/y").status()).isEqualTo(404);

      http.node.applyFromPeer(1, 1, PUT);

      Reply reply = waiting.read(true);
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("Causa-Clock")).isEqualTo("node1=1, node2=1");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /kv/x",
    "GET, /kv?key=x",
    "GET, /kv?prefix=x",
    "PUT, /kv/x",
    "DELETE, /kv/x",
    "GET, /read?key=x"
  })
  void anUnmetContextEndsIn503NamingWhatIsMissing(String method, String target) throws Exception {
    http.put("/kv/a", "1");

    Reply reply =
        http.send(method, target, method.equals("PUT") ? "1" : null, ahead(3), "Prefer: wait=0");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.problem()).isEqualTo("dependency-not-met");
    assertThat(reply.json().getJsonArray("missing")).containsExactly("node2:3");
    assertThat(reply.json().getJsonObject("clock").getInteger("node1")).isEqualTo(1);
    assertThat(reply.detail()).contains("node2:3");
    assertThat(reply.header("Retry-After")).isEqualTo("1");
  }

  @Test
  void withoutAPreferenceTheConfiguredWaitHolds() throws Exception {
    assertThat(http.get("/kv/x", ahead(1)).problem()).isEqualTo("dependency-not-met");
  }

  @Test
  void anErrorKeepsTheContextOfItsClient() throws Exception {
    http.put("/kv/a", "1");

    Reply reply = http.get("/kv/x", ahead(3), "Prefer: wait=0");

    assertThat(reply.context())
        .isEqualTo(VersionVector.of(new Dot(FakeNode.SELF, 1), HttpFixture.peerDot(3)));
    assertThat(reply.header("Causa-Clock")).isEqualTo("node1=1");
  }

  @Test
  void writesThatWereLostWithTheirGenerationAreNamedOnceAndLeaveTheContext() throws Exception {
    http.node.applyFromPeer(1, 1, PUT);
    http.node.store.retirement = Retirement.of(Endings.of(HttpFixture.peerDot(1)));

    Reply told = http.get("/kv/x", ahead(3), "Prefer: wait=0");

    assertThat(told.status()).isEqualTo(200);
    assertThat(told.header("Causa-Lost")).isEqualTo("node2=3");
    assertThat(told.context()).isEqualTo(VersionVector.of(HttpFixture.peerDot(1)));
    String next = "Causa-Context: " + told.header("Causa-Context");
    assertThat(http.get("/kv/x", next).header("Causa-Lost")).isNull();
    assertThat(http.get("/kv/x", ahead(1)).header("Causa-Lost")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {", ", "\r\nCausa-Context: "})
  void severalContextsAreAllWaitedFor(String between) throws Exception {
    String third = HttpFixture.context(new Dot(FakeNode.THIRD, 4)).split(": ")[1];

    Reply reply = http.get("/kv/x", ahead(3) + between + third, "Prefer: wait=0");

    assertThat(reply.json().getJsonArray("missing")).containsExactly("node2:3", "node3:4");
  }

  @Test
  void aReplicaThatNobodyHereKnowsIsWaitedForLikeAnyOther() throws Exception {
    String later = HttpFixture.context(new Dot(new Replica("node9", 77), 1));

    Reply reply = http.get("/kv/x", later, "Prefer: wait=0");

    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.json().getJsonArray("missing")).containsExactly("node9:1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/kv/x", "/kv?key=x", "/kv", "/get?key=x"})
  void aMalformedContextIsRefusedAtOnce(String target) throws Exception {
    for (String token : new String[] {"rubbish", "AQ,rubbish", ",rubbish", "AAAA", "%%%", "a b"}) {
      Reply reply = http.get(target, "Causa-Context: " + token);

      assertThat(reply.status()).isEqualTo(400);
      assertThat(reply.problem()).isEqualTo("bad-context");
      assertThat(reply.header("Causa-Context")).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", ",", " , ,", "\r\nCausa-Context:"})
  void anEmptyContextIsNone(String token) throws Exception {
    Reply reply = http.get("/kv?key=x", "Causa-Context: " + token);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.context()).isEqualTo(VersionVector.EMPTY);
  }

  @Test
  void anEmptyPlaceInAListOfContextsIsNone() throws Exception {
    Reply reply = http.get("/kv/x", ahead(3) + ",,", "Prefer: wait=0");

    assertThat(reply.json().getJsonArray("missing")).containsExactly("node2:3");
  }

  @Test
  void aContextOfAnotherClusterIsRefusedAtOnce() throws Exception {
    String foreign = ContextToken.encode(VersionVector.of(HttpFixture.peerDot(1)), "elsewhere");

    Reply reply = http.put("/kv/x", "1", "Causa-Context: " + foreign);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).contains("another cluster");
    assertThat(http.node.store().view().get("x")).isEmpty();
  }

  @Test
  void aDamagedContextIsRefusedAtOnce() throws Exception {
    String token = ContextToken.encode(VersionVector.of(HttpFixture.peerDot(1)), FakeNode.CLUSTER);
    char changed = token.charAt(8) == 'A' ? 'B' : 'A';

    Reply reply =
        http.get("/kv/x", "Causa-Context: " + token.substring(0, 8) + changed + token.substring(9));

    assertThat(reply.problem()).isEqualTo("bad-context");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wait",
        "wait=",
        "wait=soon",
        "wait=-1",
        "wait=1.5",
        "wait=99999999999",
        "wait=\"x\""
      })
  void aMalformedWaitIsRefused(String preference) throws Exception {
    Reply reply = http.get("/kv/x", ahead(1), "Prefer: " + preference);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("bad-preference");
  }

  @Test
  void aWaitBeyondTheLimitIsCutAndTheAnswerSaysSo() throws Exception {
    try (RawConnection waiting = http.connect()) {
      waiting.write(
          HttpFixture.request(
              "GET", "/kv/x", null, ahead(1), "Prefer: handling=lenient, Wait=\"999\"; x=y"));
      http.awaitParked(1);
      http.node.applyFromPeer(1, 1, PUT);

      assertThat(waiting.read(true).header("Preference-Applied")).isEqualTo("wait=20");
    }
  }

  @Test
  void aWriteThatNeedNotBeWaitedForIsHeld() throws Exception {
    Reply reply = http.put("/kv/y", "1", ahead(1), "Prefer: respond-async, wait=10");

    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().getString("waitsFor")).isEqualTo("node2:1");
    assertThat(reply.json().getString("id")).isNotBlank();
    assertThat(reply.header("Location")).isEqualTo("/admin/held/" + reply.json().getString("id"));
    assertThat(reply.header("Preference-Applied")).isEqualTo("respond-async");
    http.node.applyFromPeer(1, 1, PUT);
    assertThat(http.get("/kv/y").text()).isEqualTo("1");
  }

  @Test
  void aCoveredWriteIsWrittenAtOnceEvenIfItNeedNotBeWaitedFor() throws Exception {
    assertThat(http.put("/kv/y", "1", "Prefer: respond-async").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"GET, /kv/x", "PUT, /kv/x", "GET, /kv?key=x"})
  void aClientThatDisconnectsWhileParkedIsForgotten(String method, String target) throws Exception {
    try (RawConnection waiting = http.connect()) {
      String body = method.equals("PUT") ? "1" : null;
      waiting.write(HttpFixture.request(method, target, body, ahead(1), "Prefer: wait=20"));
      http.awaitParked(1);
    }

    http.awaitParked(0);
    http.node.applyFromPeer(1, 1, new Mutation.Put("other", Value.text("1")));
    assertThat(http.get("/kv/x").status()).isEqualTo(404);
  }

  @Test
  void moreParkedRequestsThanAllowedAreAnsweredWithTheLimit() throws Exception {
    try (RawConnection first = http.connect();
        RawConnection second = http.connect()) {
      first.write(HttpFixture.request("GET", "/kv/x", null, ahead(1), "Prefer: wait=20"));
      second.write(HttpFixture.request("GET", "/kv/x", null, ahead(1), "Prefer: wait=20"));
      http.awaitParked(2);

      Reply reply = http.get("/kv/x", ahead(1), "Prefer: wait=20");

      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.problem()).isEqualTo("overloaded");
      assertThat(reply.json().getString("limit")).isEqualTo("store.parkedRequests");
    }
  }

  private static String ahead(long sequence) {
    return HttpFixture.context(HttpFixture.peerDot(sequence));
  }
}
