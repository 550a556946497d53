package io.causa.engine.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeldIdTest {

  @Test
  void whatIsWrittenIsReadAgain() {
    HeldId id = new HeldId(46, 47);
    assertThat(id.toString()).isEqualTo("1a-1b");
    assertThat(HeldId.parse(id.toString())).contains(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-", "a", "a-", "-a", "a-b-c", "A-1", "0a-1", "a-01", "+1-1", "a-1 "})
  void oneWriteHasOneName(String text) {
    assertThat(HeldId.parse(text)).isEmpty();
  }
}
