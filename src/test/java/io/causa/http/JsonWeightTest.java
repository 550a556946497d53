package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.node.config.NodeConfigLoader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class JsonWeightTest {

  private static final int OBJECTS = 20_000;

  /** A body may have 100 kB, and all of them together 2 MB. */
  @RegisterExtension
  final HttpFixture http =
      new HttpFixture(
          NodeConfigLoader.load(
                  Map.of(
                      "http.port", "0",
                      "http.bodyBytes", "100000",
                      "http.valueBytes", "100000",
                      "http.bodiesUnderWayBytes", "2000000"),
                  Map.of(),
                  Optional.empty())
              .http());

  @Test
  void whatStandsInStringsWeighsNothing() {
    assertThat(weight("\"{[,:\\\",{\"")).isZero();
    assertThat(weight("{\"a\":\"1,2,3\"}")).isEqualTo(weight("{\"b\":1}")).isPositive();
    assertThat(weight("[\"\\\\\",1]")).isEqualTo(weight("[2,1]"));
  }

  @Test
  void emptyObjectsWeighMuchMoreThanTheirText() {
    assertThat(weight(objects(OBJECTS))).isGreaterThan(40L * 3 * OBJECTS);
  }

  @Test
  void aDocumentIsCountedWhileItIsRead() {
    BodyBudget bodies = new BodyBudget(4_000_000);
    byte[] body = bytes(objects(OBJECTS));

    assertThat(JsonWeight.within(bodies, body, bodies::bytes)).isEqualTo(JsonWeight.of(body));
    assertThat(bodies.bytes()).isZero();
    assertThatThrownBy(
            () ->
                JsonWeight.within(
                    bodies,
                    body,
                    () -> {
                      throw JsonBody.wrong("no");
                    }))
        .hasMessageContaining("no");
    assertThat(bodies.bytes()).isZero();
  }

  @Test
  void aDocumentThatFindsNoRoomNowIsNotRead() {
    BodyBudget bodies = new BodyBudget(4_000_000);
    assertThat(bodies.lease().take(3_000_000)).isTrue();

    assertThatThrownBy(() -> JsonWeight.within(bodies, bytes(objects(OBJECTS)), () -> "read"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refusal -> assertThat(refusal.problem().type()).isEqualTo(ProblemType.OVERLOADED));
    assertThat(JsonWeight.within(bodies, bytes("[1,2]"), () -> "read")).isEqualTo("read");
  }

  @Test
  void aDocumentThatNeverFindsRoomIsTooLargeForBothInterfaces() throws Exception {
    Reply put = http.send("POST", "/put", "{\"key\":\"a\",\"value\":" + objects(OBJECTS) + "}");
    Reply batch = http.send("POST", "/kv", "{\"put\":{\"a\":" + objects(OBJECTS) + "}}");

    assertThat(put.status()).isEqualTo(413);
    assertThat(put.json().getString("limit")).isEqualTo("http.bodiesUnderWayBytes");
    assertThat(batch.status()).isEqualTo(413);
    assertThat(batch.problem()).isEqualTo("too-large");
    assertThat(http.get("/kv/a").status()).isEqualTo(404);
    assertThat(http.put("/kv/a", objects(OBJECTS)).status()).isEqualTo(200);
  }

  private static long weight(String json) {
    return JsonWeight.of(bytes(json));
  }

  private static String objects(int count) {
    return "[" + "{},".repeat(count) + "{}]";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
