package io.causa.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void theMedianIsInTheMiddle() {
    assertThat(Spread.of(9, 1, 4)).isEqualTo(new Spread(4, 1, 9));
    assertThat(Spread.of(8, 1, 4, 2)).isEqualTo(new Spread(3, 1, 8));
    assertThat(Spread.of(7)).isEqualTo(new Spread(7, 7, 7));
  }

  @Test
  void thereIsNoMedianOfNothing() {
    assertThatIllegalArgumentException().isThrownBy(Spread::of);
  }

  @Test
  void aRatioIsThatOfTheMediansAndItsEndsAreThoseOfTheRounds() {
    Spread ratio = Spread.ratio(List.of(50.0, 60.0, 70.0), List.of(100.0, 80.0, 200.0));
    assertThat(ratio.median()).isCloseTo(0.6, within(1e-9));
    assertThat(ratio.least()).isCloseTo(0.35, within(1e-9));
    assertThat(ratio.most()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void theEndsOfARatioIncludeIt() {
    Spread ratio = Spread.ratio(List.of(1.0, 10.0, 3.0), List.of(1.0, 10.0, 4.0));
    assertThat(ratio.median()).isEqualTo(0.75);
    assertThat(ratio.least()).isEqualTo(0.75);
    assertThat(ratio.most()).isEqualTo(1);
  }

  @Test
  void aRatioNeedsTheSameRounds() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Spread.ratio(List.of(1.0), List.of(1.0, 2.0)))
        .withMessage("1 rounds of the one, 2 of the other");
  }

  @Test
  void figuresHaveThreeDigitsThatCount() {
    assertThat(Spread.of(0.8512, 0.5, 1.251)).hasToString("0.85 (0.50 to 1.25)");
    assertThat(Spread.of(12345.6)).hasToString("12,346");
    assertThat(Spread.text(45.67)).isEqualTo("45.7");
  }
}
