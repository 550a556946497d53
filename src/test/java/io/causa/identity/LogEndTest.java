package io.causa.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LogEndTest {

  @Test
  void aLogThatEndsAtTheMarkOrBehindItHasLostNothing() {
    assertThat(new LogEnd(7, OptionalLong.of(7), true).mayHaveLost()).isFalse();
    assertThat(new LogEnd(8, OptionalLong.of(7), true).mayHaveLost()).isFalse();
  }

  @Test
  void aLogThatEndsBeforeTheMarkHas() {
    assertThat(new LogEnd(6, OptionalLong.of(7), true).mayHaveLost()).isTrue();
    assertThat(new LogEnd(6, OptionalLong.of(7), false).mayHaveLost())
        .as("the change that tells of the mark may be among the lost ones")
        .isTrue();
  }

  @Test
  void aMarkIsMissedOnlyWhereThereWasOne() {
    assertThat(new LogEnd(6, OptionalLong.empty(), true).mayHaveLost()).isTrue();
    assertThat(new LogEnd(6, OptionalLong.empty(), false).mayHaveLost()).isFalse();
  }
}
