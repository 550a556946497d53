package io.causa.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplicaTextTest {
  @Test
  void aBareNameIsItsOwnName() {
    assertThat(ReplicaText.isFull("node-1")).isFalse();
    assertThat(ReplicaText.name("node-1")).isEqualTo("node-1");
  }

  @Test
  void aGenerationStandsBehindTheFirstDot() {
    assertThat(ReplicaText.isFull("node1.k3f:17")).isTrue();
    assertThat(ReplicaText.name("node1.k3f")).isEqualTo("node1");
  }
}
