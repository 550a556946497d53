package io.causa.bench.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SteadinessTest {

  @Test
  void threeWindowsWithinFivePercentAreSteady() {
    assertThat(Steadiness.reached(List.of(95.0, 100.0, 98.0))).isTrue();
  }

  @Test
  void oneThatIsFurtherAwayIsNot() {
    assertThat(Steadiness.reached(List.of(94.9, 100.0, 98.0))).isFalse();
    assertThat(Steadiness.reached(List.of(100.0, 98.0, 106.0))).isFalse();
  }

  @Test
  void onlyTheLastThreeCount() {
    assertThat(Steadiness.reached(List.of(10.0, 50.0, 100.0, 99.0, 98.0))).isTrue();
    assertThat(Steadiness.reached(List.of(100.0, 99.0, 98.0, 50.0))).isFalse();
  }

  @Test
  void fewerThanThreeTellNothing() {
    assertThat(Steadiness.reached(List.of(100.0, 100.0))).isFalse();
  }

  @Test
  void nothingAtAllIsNotSteady() {
    assertThat(Steadiness.reached(List.of(0.0, 0.0, 0.0))).isFalse();
  }
}
