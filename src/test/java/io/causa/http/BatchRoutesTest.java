package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchRoutesTest {

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @Test
  void severalChangesAreOneVersion() throws Exception {
    http.put("/kv/old", "1");

    Reply reply =
        post(
            """
            {"put": {"text": "t", "json": {"n": [1, null]}},
             "putBytes": {"raw": {"base64": "/w==", "contentType": "image/x"}},
             "delete": ["old"]}""");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().encode())
        .isEqualTo(
            "{\"keys\":[\"text\",\"json\",\"raw\",\"old\"],\"version\":\"node1:2\",\"clock\":{\"node1\":2}}");
    assertThat(http.get("/kv/text").header("Causa-Version")).isEqualTo("node1:2");
    assertThat(http.get("/kv/text").header("Content-Type")).startsWith("text/plain");
    assertThat(http.get("/kv/json").text()).isEqualTo("{\"n\": [1, null]}");
    assertThat(http.get("/kv/raw").bytes()).containsExactly(0xff);
    assertThat(http.get("/kv/raw").header("Content-Type")).isEqualTo("image/x");
    assertThat(http.get("/kv/old").header("Causa-Version")).isEqualTo("node1:2");
  }

  @Test
  void decimalNumbersKeepTheirDigits() throws Exception {
    post("{\"put\":{\"n\":0.10000000000000000001}}");

    assertThat(http.get("/kv/n").text()).isEqualTo("0.10000000000000000001");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "5",
        "null",
        "{",
        "{} x",
        "{}",
        "{\"put\":{}}",
        "{\"put\":[]}",
        "{\"put\":null}",
        "{\"putt\":{\"a\":1}}",
        "{\"put\":{\"a\":1,\"a\":2}}",
        "{\"put\":{\"a\":1},\"delete\":[\"a\"]}",
        "{\"delete\":[\"a\",\"a\"]}",
        "{\"delete\":\"a\"}",
        "{\"delete\":[1]}",
        "{\"put\":{\"a\":1},\"putBytes\":{\"a\":{\"base64\":\"\"}}}",
        "{\"putBytes\":{\"a\":\"AA==\"}}",
        "{\"putBytes\":{\"a\":{\"base64\":\"*\"}}}",
        "{\"putBytes\":{\"a\":{}}}",
        "{\"putBytes\":{\"a\":{\"base64\":\"\",\"type\":\"x\"}}}",
        "{\"putBytes\":{\"a\":{\"base64\":\"\",\"contentType\":1}}}"
      })
  void aBodyOfAnotherShapeIsRefused(String body) throws Exception {
    Reply reply = post(body);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("bad-body");
    assertThat(http.node.store().view().size()).isZero();
  }

  @Test
  void moreMutationsThanAllowedAreRefused() throws Exception {
    Reply reply = post("{\"delete\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}");

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.json().getString("limit")).isEqualTo("http.mutationsPerWrite");
  }

  @Test
  void aValueOverTheLimitIsRefusedByItsKey() throws Exception {
    Reply reply = post("{\"put\":{\"big\":\"" + "x".repeat(1025) + "\"}}");

    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.json().getString("limit")).isEqualTo("http.valueBytes");
    assertThat(reply.detail()).contains("big").contains("1025");
  }

  @Test
  void keysAreCheckedLikeAnyOther() throws Exception {
    assertThat(post("{\"put\":{\"\":1}}").problem()).isEqualTo("bad-key");
    assertThat(post("{\"delete\":[\"\\ud800\"]}").problem()).isEqualTo("bad-key");
    assertThat(post("{\"put\":{\"" + "ä".repeat(33) + "\":1}}").problem())
        .isEqualTo("key-too-long");
  }

  @Test
  void aContentTypeCannotSmuggleAHeader() throws Exception {
    Reply reply =
        post("{\"putBytes\":{\"a\":{\"base64\":\"\",\"contentType\":\"a/b\\r\\nX: y\"}}}");

    assertThat(reply.problem()).isEqualTo("bad-content-type");
  }

  @Test
  void aBatchWaitsForItsContextAsAWhole() throws Exception {
    Reply reply =
        http.send(
            "POST",
            "/kv",
            "{\"put\":{\"a\":1,\"b\":2}}",
            HttpFixture.context(HttpFixture.peerDot(1)),
            "Prefer: wait=0");

    assertThat(reply.problem()).isEqualTo("dependency-not-met");
    assertThat(http.node.store().view().size()).isZero();
  }

  private Reply post(String body) throws Exception {
    return http.send("POST", "/kv", body);
  }
}
