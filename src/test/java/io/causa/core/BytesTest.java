package io.causa.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BytesTest {

  @Test
  void bytesAreEqualByTheirContentAlone() {
    assertThat(Bytes.of("é"))
        .isEqualTo(Bytes.of("é"))
        .hasSameHashCodeAs(Bytes.of("é"))
        .isNotEqualTo(Bytes.of("e"))
        .isNotEqualTo("é");
    assertThat(Bytes.of("é").utf8()).isEqualTo("é");
  }

  @Test
  void onlyShortBytesArePrinted() {
    assertThat(Bytes.of("x".repeat(64))).hasToString("x".repeat(64));
    assertThat(Bytes.of("x".repeat(65))).hasToString("65 bytes");
  }
}
