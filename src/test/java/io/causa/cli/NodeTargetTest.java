package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class NodeTargetTest {
  private static final Map<String, String> ENVIRONMENT = Map.of("CAUSA_NODE", "http://env:1");

  @Test
  void theNearestWordCounts() {
    assertThat(NodeTarget.url(null, null, Map.of())).isEqualTo("http://127.0.0.1:5001");
    assertThat(NodeTarget.url(null, null, ENVIRONMENT)).isEqualTo("http://env:1");
    assertThat(NodeTarget.url(null, "http://before:1", ENVIRONMENT)).isEqualTo("http://before:1");
    assertThat(NodeTarget.url("http://behind:1", "http://before:1", ENVIRONMENT))
        .isEqualTo("http://behind:1");
  }

  @Test
  void theSchemeMayBeLeftOut() {
    assertThat(NodeTarget.withScheme("localhost:5002")).isEqualTo("http://localhost:5002");
  }
}
