package io.causa.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.client.Bodies.Values;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers of a node whose values are at the edge of JSON. */
class BodiesTest {

  static List<String> documents() {
    return List.of("[".repeat(990) + "]".repeat(990), "1".repeat(1000), "1e400", "[null]");
  }

  @ParameterizedTest
  @MethodSource("documents")
  void whatANodeGivesOutAsJsonIsReadAsItIs(String document) {
    Values values = read("{\"values\":[{\"key\":\"k\",\"value\":" + document + "}]}", Values.class);

    assertThat(values.values().get(0).value()).isEqualTo(document);
    read("{\"store\":{\"k\":" + document + "}}", NodeStatus.class);
  }

  @Test
  void aStatusMayShowTheValueNull() {
    NodeStatus status = read("{\"store\":{\"k\":null,\"l\":1}}", NodeStatus.class);

    assertThat(status.store()).containsEntry("k", null).hasSize(2);
  }

  @Test
  void aValueMayBeLongerThanReadersTakeByTheirDefaults() {
    String text = "x".repeat(20_000_001);
    Values values = read("{\"values\":[{\"key\":\"k\",\"value\":\"" + text + "\"}]}", Values.class);

    assertThat(values.values().get(0).value()).hasSize(text.length());
  }

  private static <T> T read(String json, Class<T> type) {
    return Bodies.read(Buffer.buffer(json), type);
  }
}
