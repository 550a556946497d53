package io.causa.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LogEndTest {

  private static final Replica SELF = new Replica("self", 5);
  private static final Standing NOTED = Standing.renounced(3);
  private static final LogMark MARK = new LogMark(7, 5, NOTED);

  @Test
  void aLogThatEndsAtTheMarkOrBehindItHasLostNothing() {
    assertThat(new LogEnd(7, Optional.of(MARK), true).mayHaveLost(SELF)).isFalse();
    assertThat(new LogEnd(8, Optional.of(MARK), true).mayHaveLost(SELF)).isFalse();
  }

  @Test
  void aLogThatEndsBeforeTheMarkHas() {
    assertThat(new LogEnd(6, Optional.of(MARK), true).mayHaveLost(SELF)).isTrue();
    assertThat(new LogEnd(6, Optional.of(MARK), false).mayHaveLost(SELF))
        .as("the change that tells of the mark may be among the lost ones")
        .isTrue();
  }

  @Test
  void aMarkIsMissedOnlyWhereThereWasOne() {
    assertThat(new LogEnd(6, Optional.empty(), true).mayHaveLost(SELF)).isTrue();
    assertThat(new LogEnd(6, Optional.empty(), false).mayHaveLost(SELF)).isFalse();
  }

  @Test
  void theMarkOfAnotherDirectoryIsNone() {
    Replica other = new Replica("self", 4);
    assertThat(new LogEnd(8, Optional.of(MARK), true).mayHaveLost(other)).isTrue();
    assertThat(new LogEnd(8, Optional.of(MARK), false).mayHaveLost(other)).isFalse();
    LogMark first = new LogMark(0, 0, Standing.TRUSTED);
    assertThat(new LogEnd(8, Optional.of(first), true).mayHaveLost(other))
        .as("a kill between the first mark and the first run")
        .isFalse();
  }

  @Test
  void theStandingThatTheLogHasLostIsThatOfTheMark() {
    assertThat(new LogEnd(6, Optional.of(MARK), true).standing(SELF, Standing.doubted(1)))
        .isEqualTo(NOTED);
  }

  @Test
  void otherwiseTheStandingIsThatOfTheData() {
    Standing found = Standing.doubted(1);
    assertThat(new LogEnd(8, Optional.of(MARK), true).standing(SELF, found))
        .as("the mark may lag")
        .isEqualTo(found);
    assertThat(new LogEnd(6, Optional.of(MARK), true).standing(new Replica("self", 4), found))
        .as("the mark is of the generation that the data became, and that it has lost")
        .isEqualTo(found);
    assertThat(new LogEnd(6, Optional.empty(), true).standing(SELF, found)).isEqualTo(found);
  }
}
