package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.core.Mutation;
import io.causa.core.Value;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON goes in and comes out as the bytes that were written, and text is UTF-8. */
class ExactJsonTest {

  private static final String DETAILS = "Accept: application/vnd.causa+json";
  private static final String JSON = "Content-Type: application/json";

  @RegisterExtension final HttpFixture http = new HttpFixture();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.14159265358979323846264338327950288",
        "1e400",
        "-0.0",
        "{\"a\" : [1.0, 1E2,\n null]}",
        "[\"\\ud800\", \"\\u00e9é\"]",
        "\"\\ud800\"",
        "null"
      })
  void eachWayInLeadsToTheSameBytesInEachView(String json) throws Exception {
    http.put("/kv/put", json, JSON);
    http.send("POST", "/kv", "{\"put\": {\"batch\" : " + json + " }}");
    http.send("POST", "/put", "{\"key\":\"small\",\"value\": " + json + "\n}");

    String value = "\"value\":" + json + ",";
    for (String key : new String[] {"put", "batch", "small"}) {
      assertThat(http.get("/kv/" + key).text()).isEqualTo(json);
      assertThat(http.get("/kv/" + key).header("Content-Type")).isEqualTo("application/json");
      assertThat(http.get("/kv/" + key, DETAILS).text()).contains(value);
      assertThat(http.get("/kv?key=" + key).text()).contains(value);
      assertThat(http.get("/get?key=" + key).text()).contains(value);
      assertThat(http.get("/read?key=" + key).text()).contains(value);
      assertThat(http.get("/status").text()).contains("\"" + key + "\":" + json);
    }
  }

  @Test
  void aVersionThatLostIsExactAsWell() throws Exception {
    http.put("/kv/a", "-0.0", JSON);
    http.node.applyFromPeer(1, 5, new Mutation.Put("a", Value.text("won")));

    assertThat(http.get("/kv/a", DETAILS).text()).contains("\"value\":\"won\"", "\"value\":-0.0,");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text/plain", "application/json", "application/problem+json", "text/html"})
  void aTextThatIsNoUtf8IsRefusedWithThePlace(String contentType) throws Exception {
    Reply reply = putBytes("/kv/a", contentType, 'a', 'b', 0xff);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.problem()).isEqualTo("bad-body");
    assertThat(reply.detail()).contains("\"a\"", contentType, "byte 2", "0xff", "octet-stream");
    assertThat(http.get("/kv/a").status()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image/png",
        "application/octet-stream",
        "text/plain; charset=iso-8859-1",
        "application/x-www-form-urlencoded"
      })
  void whatPromisesNoUtf8IsKept(String contentType) throws Exception {
    assertThat(putBytes("/kv/a", contentType, 0xff).status()).isEqualTo(200);
    assertThat(http.get("/kv/a", DETAILS).text()).contains("\"value\":\"/w==\"");
    assertThat(http.get("/kv/a").bytes()).containsExactly(0xff);
  }

  @Test
  void bytesOfABatchKeepThePromiseOfTheirTypeToo() throws Exception {
    String bytes = "{\"putBytes\":{\"a\":{\"base64\":\"/w==\",\"contentType\":\"%s\"}}}";

    assertThat(http.send("POST", "/kv", bytes.formatted("text/plain")).problem())
        .isEqualTo("bad-body");
    assertThat(http.send("POST", "/kv", bytes.formatted("image/png")).status()).isEqualTo(200);
  }

  @Test
  void aBodyThatIsNoUtf8IsNoJson() throws Exception {
    for (String path : new String[] {"/kv", "/put"}) {
      Reply reply = postBytes(path, '{', '"', 0xed, 0xa0, 0x80, '"', ':', '1', '}');

      assertThat(reply.problem()).isEqualTo("bad-body");
      assertThat(reply.detail()).contains("UTF-8", "byte 2", "0xed");
    }
    byte[] wide = "{\"key\":\"a\",\"value\":1}".getBytes(StandardCharsets.UTF_16LE);
    assertThat(send("POST", "/put", null, wide).problem()).isEqualTo("bad-body");
  }

  @Test
  void anEscapedPairIsAText() throws Exception {
    http.send("POST", "/put", "{\"key\":\"a\",\"value\":\"\\ud83d\\ude00\"}");

    assertThat(http.get("/kv/a").text()).isEqualTo("😀");
    assertThat(http.get("/get?key=a").json().getString("value")).isEqualTo("😀");
  }

  @Test
  void aByteOrderMarkBeforeABodyIsNoPartOfIt() throws Exception {
    assertThat(http.send("POST", "/put", "\ufeff{\"key\":\"a\",\"value\":1.50}").status())
        .isEqualTo(200);
    assertThat(http.get("/kv/a").text()).isEqualTo("1.50");
  }

  private Reply putBytes(String target, String contentType, int... bytes) throws Exception {
    return send("PUT", target, "Content-Type: " + contentType, bytes(bytes));
  }

  private Reply postBytes(String target, int... bytes) throws Exception {
    return send("POST", target, null, bytes(bytes));
  }

  private Reply send(String method, String target, String header, byte[] body) throws Exception {
    String length = "Content-Length: " + body.length;
    byte[] head =
        header == null
            ? HttpFixture.request(method, target, null, length)
            : HttpFixture.request(method, target, null, length, header);
    try (RawConnection connection = http.connect()) {
      return connection.write(head).write(body).read(true);
    }
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
