package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class BudgetTest {

  private final Budget budget = new Budget("some.count", 3, "some.bytes", 100);

  @Test
  void whatDoesNotFitIsRefusedByTheNameOfTheLimit() {
    assertThat(budget.reserve(60)).isEmpty();
    assertThat(budget.reserve(41)).contains("some.bytes");
    assertThat(budget.reserve(40)).isEmpty();
    assertThat(budget.reserve(0)).isEmpty();
    assertThat(budget.reserve(0)).contains("some.count");
    assertThat(budget.count()).isEqualTo(3);
    assertThat(budget.bytes()).isEqualTo(100);
  }

  @Test
  void whatIsGivenBackCanBeReservedAgain() {
    budget.reserve(100);
    budget.giveBack(100);
    assertThat(budget.count()).isZero();
    assertThat(budget.reserve(100)).isEmpty();
  }

  @Test
  void aSingleLargerThingHasRoomAlone() {
    assertThat(budget.reserve(1_000)).isEmpty();
    assertThat(budget.reserve(1)).contains("some.bytes");
    budget.giveBack(1_000);
    budget.reserve(1);
    assertThat(budget.reserve(1_000)).contains("some.bytes");
  }

  @Test
  void moreCannotBeGivenBackThanIsReserved() {
    budget.reserve(10);
    assertThatIllegalStateException()
        .isThrownBy(() -> budget.giveBack(11))
        .withMessageContaining("some.bytes");
  }
}
