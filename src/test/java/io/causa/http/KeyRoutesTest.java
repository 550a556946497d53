package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRoutesTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void aValueComesBackAsItWasSent() throws Exception {
    http.put("/kv/greeting", "häl\r\n\"lo", "Content-Type: text/x-odd; a=b");

    Reply reply = http.get("/kv/greeting");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.text()).isEqualTo("häl\r\n\"lo");
    assertThat(reply.header("Content-Type")).isEqualTo("text/x-odd; a=b");
  }

  @Test
  void aValueWithoutATypeIsJustBytes() throws Exception {
    http.put("/kv/a", "1");

    assertThat(http.get("/kv/a").header("Content-Type")).isEqualTo("application/octet-stream");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/x-www-form-urlencoded", "multipart/form-data; boundary=x"})
  void formsAreKeptAsTheyAre(String type) throws Exception {
    http.put("/kv/form", "a=1&b=%20", "Content-Type: " + type);

    Reply reply = http.get("/kv/form");

    assertThat(reply.text()).isEqualTo("a=1&b=%20");
    assertThat(reply.header("Content-Type")).isEqualTo(type);
  }

  @Test
  void anEmptyValueIsAValue() throws Exception {
    http.put("/kv/empty", "");

    Reply reply = http.get("/kv/empty");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.bytes()).isEmpty();
  }

  @Test
  void aWriteIsAnsweredWithItsVersionAndTheClock() throws Exception {
    Reply reply = http.put("/kv/a%2Fb", "1");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json())
        .isEqualTo(
            new JsonObject("{\"key\":\"a/b\",\"version\":\"node1:1\",\"clock\":{\"node1\":1}}"));
    assertThat(reply.header("Causa-Version")).isEqualTo("node1:1");
    assertThat(reply.header("Causa-Clock")).isEqualTo("node1=1");
    assertThat(reply.header("ETag")).isEqualTo("\"node1.1:1\"");
    assertThat(reply.context().covers(new Dot(FakeNode.SELF, 1))).isTrue();
  }

  @Test
  void aReadCarriesVersionClockAndTag() throws Exception {
    http.put("/kv/a", "1");
    http.put("/kv/b", "2");

    Reply reply = http.get("/kv/a");

    assertThat(reply.header("Causa-Version")).isEqualTo("node1:1");
    assertThat(reply.header("Causa-Clock")).isEqualTo("node1=2");
    assertThat(reply.header("ETag")).isEqualTo("\"node1.1:1\"");
    assertThat(reply.header("Causa-Conflicts")).isNull();
  }

  @Test
  void anAbsentKeyIsNotFound() throws Exception {
    Reply reply = http.get("/kv/nothing");

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.problem()).isEqualTo("key-not-found");
    assertThat(reply.header("Causa-Version")).isNull();
    assertThat(reply.context().isEmpty()).isTrue();
  }

  @Test
  void aDeletedKeyIsNotFoundAndNamesItsTombstone() throws Exception {
    http.put("/kv/a", "1");
    Reply deleted = http.send("DELETE", "/kv/a", null);

    Reply reply = http.get("/kv/a");

    assertThat(deleted.status()).isEqualTo(200);
    assertThat(deleted.json().getString("version")).isEqualTo("node1:2");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.header("Causa-Version")).isEqualTo("node1:2");
  }

  @Test
  void deletingAnAbsentKeyIsAWrite() throws Exception {
    assertThat(http.send("DELETE", "/kv/never", null).json().getString("version"))
        .isEqualTo("node1:1");
  }

  @Test
  void headIsGetWithoutTheBody() throws Exception {
    http.put("/kv/a", "12345");

    Reply reply = http.send("HEAD", "/kv/a", null);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Length")).isEqualTo("5");
    assertThat(reply.header("Causa-Version")).isEqualTo("node1:1");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\'',
      value = {
        "'\"node1.1:1\"', 304",
        "'\"x\", W/\"node1.1:1\"', 304",
        "'\"node1~1:1\"', 304",
        "'*', 304",
        "'\"node1.1:2\"', 200",
        "'node1:1', 200"
      })
  void anUnchangedValueIsNotSentAgain(String tags, int status) throws Exception {
    http.put("/kv/a", "1");

    Reply reply = http.get("/kv/a", "If-None-Match: " + tags);

    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("ETag")).isEqualTo("\"node1.1:1\"");
    assertThat(reply.header("Causa-Context")).isNotNull();
  }

  @Test
  void detailsShowWhereAVersionComesFromAndItsConflicts() throws Exception {
    http.put("/kv/x", "1", "Content-Type: application/json");
    http.node.applyFromPeer(1, 1, new Mutation.Put("x", Value.text("2")));

    Reply reply = http.get("/kv/x", "Accept: application/vnd.causa+json");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).isEqualTo("application/vnd.causa+json");
    assertThat(reply.header("Causa-Conflicts")).isEqualTo("1");
    assertThat(reply.json().encode())
        .isEqualTo(
            """
            {"key":"x","value":"2","contentType":"text/plain;charset=UTF-8","version":"node2:1",\
            "clock":{"node1":1,"node2":1},"lamport":1,"origin":"node2","wallTimeMillis":1000,\
            "conflicts":[{"version":"node1:1","value":1,"contentType":"application/json",\
            "deleted":false,"lamport":1,"origin":"node1","wallTimeMillis":1700000000000}]}""");
  }

  @Test
  void theTagOfTheDetailsNamesTheVersionAndItsConflicts() throws Exception {
    http.put("/kv/y", "0");
    http.put("/kv/x", "1");
    Reply alone = details();
    http.node.applyFromPeer(1, 1, new Mutation.Put("x", Value.text("2")));
    Reply conflicting = details();
    http.node.applyFromPeer(2, 1, new Mutation.Put("y", Value.text("3")));

    assertThat(alone.header("ETag")).isEqualTo("W/\"node1.1:2;details\"");
    assertThat(conflicting.header("ETag")).matches("W/\"node1.1:2;details;1-[0-9a-f]{8}\"");
    assertThat(conflicting.header("Causa-Version")).isEqualTo(alone.header("Causa-Version"));
    assertThat(details().header("ETag")).isEqualTo(conflicting.header("ETag"));
    assertThat(conflicting.header("Vary")).isEqualTo("accept");
    assertThat(conflicting.header("Cache-Control")).isEqualTo("no-cache");
  }

  @Test
  void detailsThatTheClientHasAreNotSentAgain() throws Exception {
    http.put("/kv/x", "1");
    String tag = details().header("ETag");

    for (String known : List.of(tag, tag.substring(2), "\"a\", " + tag, "*")) {
      Reply unchanged = details("If-None-Match: " + known);
      assertThat(unchanged.status()).isEqualTo(304);
      assertThat(unchanged.header("ETag")).isEqualTo(tag);
      assertThat(unchanged.header("Vary")).isEqualTo("accept");
      assertThat(unchanged.header("Causa-Version")).isEqualTo("node1:1");
      assertThat(unchanged.header("Content-Length")).isNull();
      assertThat(unchanged.header("Date")).isNotNull();
    }
    http.node.applyFromPeer(1, 1, new Mutation.Put("x", Value.text("2")));
    assertThat(details("If-None-Match: " + tag).status()).isEqualTo(200);
  }

  @Test
  void theBytesAndTheDetailsDoNotPassForEachOther() throws Exception {
    http.put("/kv/x", "1");
    String ofBytes = http.get("/kv/x").header("ETag");
    String ofDetails = details().header("ETag");

    assertThat(details("If-None-Match: " + ofBytes).status()).isEqualTo(200);
    assertThat(http.get("/kv/x", "If-None-Match: " + ofDetails).status()).isEqualTo(200);
  }

  @Test
  void aHeadHasTheHeadersOfTheGet() throws Exception {
    http.put("/kv/x", "1");
    String accept = "Accept: application/vnd.causa+json";
    Reply get = details();

    Reply head = http.send("HEAD", "/kv/x", null, accept);
    Reply unchanged =
        http.send("HEAD", "/kv/x", null, accept, "If-None-Match: " + get.header("ETag"));

    for (String name : List.of("ETag", "Vary", "Causa-Version", "Content-Length")) {
      assertThat(head.header(name)).isEqualTo(get.header(name)).isNotNull();
    }
    assertThat(unchanged.status()).isEqualTo(304);
    assertThat(unchanged.header("Content-Length")).isNull();
  }

  @Test
  void anAbsentKeyIsAskedForAgainEachTime() throws Exception {
    http.send("DELETE", "/kv/deleted", null);

    for (String key : List.of("/kv/never", "/kv/deleted")) {
      Reply reply = http.get(key, "If-None-Match: *");
      assertThat(reply.status()).isEqualTo(404);
      assertThat(reply.header("Vary")).isEqualTo("accept");
      assertThat(reply.header("Cache-Control")).isEqualTo("no-cache");
      assertThat(reply.header("ETag")).isNull();
    }
    assertThat(http.get("/kv/deleted").header("Causa-Version")).isEqualTo("node1:1");
  }

  private Reply details(String... headers) throws Exception {
    String[] all = Arrays.copyOf(headers, headers.length + 1);
    all[headers.length] = "Accept: application/vnd.causa+json";
    return http.get("/kv/x", all);
  }

  @Test
  void aPlainReadSaysThatThereAreConflicts() throws Exception {
    http.put("/kv/x", "1");
    http.node.applyFromPeer(1, 1, new Mutation.Delete("x"));

    assertThat(http.get("/kv/x").header("Causa-Conflicts")).isEqualTo("1");
  }

  @ParameterizedTest
  @CsvSource({
    "/kv/a/b, a/b",
    "/kv//a//b/, /a//b/",
    "/kv/., .",
    "/kv/.., ..",
    "/kv/a/../b, a/../b",
    "/kv/%2e%2e%2Fb, ../b",
    "/kv/a+b, a+b",
    "/kv/a%2Bb, a+b",
    "/kv/%3F%23, ?#",
    "/kv/k%C3%A4se, käse",
    "/kv/%F0%9F%A6%8A, 🦊",
    "/kv/{key}, {key}",
    "http://test/kv/a/../b, a/../b"
  })
  void everyByteOfAKeyCounts(String target, String key) throws Exception {
    assertThat(http.put(target, "1").json().getString("key")).isEqualTo(key);
    assertThat(http.get(target).text()).isEqualTo("1");
    assertThat(http.node.store().view().get(key)).isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/kv/%",
        "/kv/a%2",
        "/kv/%zz",
        "/kv/%-1",
        "/kv/%C3",
        "/kv/%FF",
        "/kv/%ED%A0%80",
        "/kv/ä",
        "/kv/a\u0085b"
      })
  void aBadlyEncodedKeyIsRefused(String target) throws Exception {
    Reply reply = http.get(target);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("bad-encoding");
  }

  @Test
  void anEmptyKeyIsRefused() throws Exception {
    assertThat(http.put("/kv/", "1").problem()).isEqualTo("bad-key");
  }

  @Test
  void aKeyOfTheLimitFits() throws Exception {
    assertThat(http.put("/kv/" + "%C3%A4".repeat(32), "1").status()).isEqualTo(200);
  }

  @Test
  void aKeyThatIsTooLongIsRefusedWithItsSizeAndTheLimit() throws Exception {
    Reply reply = http.put("/kv/a" + "%C3%A4".repeat(32), "1");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("key-too-long");
    assertThat(reply.json().getInteger("bytes")).isEqualTo(65);
    assertThat(reply.json().getInteger("limitBytes")).isEqualTo(64);
    assertThat(reply.detail()).contains("http.keyBytes");
  }

  @Test
  void aQueryBehindAKeyIsRefusedBecauseItMayBelongToTheKey() throws Exception {
    Reply reply = http.put("/kv/why?not", "1");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).contains("?not").contains("%3F");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "If-Match: \"x\"",
        "If-None-Match: *",
        "Content-Range: bytes 0-1/2",
        "Content-Encoding: gzip"
      })
  void aHeaderThatWouldSilentlyDoNothingIsRefused(String header) throws Exception {
    Reply reply = http.put("/kv/a", "1", header);

    assertThat(reply.status()).isEqualTo(501);
    assertThat(reply.problem()).isEqualTo("not-supported");
    assertThat(http.get("/kv/a").status()).isEqualTo(404);
  }

  @Test
  void aContentTypeThatCannotBeAHeaderIsRefused() throws Exception {
    assertThat(http.put("/kv/a", "1", "Content-Type: " + "x".repeat(256)).problem())
        .isEqualTo("bad-content-type");
  }
}
