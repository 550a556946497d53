package io.causa.engine.stop;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class StopPlanTest {

  @Test
  void aNodeThatServesTakesEveryStepInOrder() {
    assertThat(StopPlan.of(true, 10_000).phases()).containsExactly(StopPhase.values());
  }

  @Test
  void aNodeThatServesNobodyClosesAtOnceAndSendsNothing() {
    assertThat(StopPlan.of(false, 10_000).phases())
        .containsExactly(StopPhase.REQUESTS, StopPhase.SILENCE, StopPhase.STORAGE, StopPhase.LEAVE);
  }

  @Test
  void timeThatAStepLeavesGoesToTheNext() {
    StopPlan plan = StopPlan.of(true, 10_000);
    assertThat(plan.patienceMillis(StopPhase.REQUESTS, 1000)).isEqualTo(3000);
    assertThat(plan.patienceMillis(StopPhase.PUSH, 1100)).isEqualTo(4900);
    assertThat(plan.patienceMillis(StopPhase.LEAVE, 1200)).isEqualTo(8300);
  }

  @Property
  void stepsThatAllTakeAsLongAsTheyMayAreOverBeforeTheDeadline(
      @ForAll @LongRange(min = 100, max = 600_000) long stopMillis) {
    StopPlan plan = StopPlan.of(true, stopMillis);
    long elapsedMillis = 0;
    for (StopPhase phase : plan.phases()) {
      long patienceMillis = plan.patienceMillis(phase, elapsedMillis);
      assertThat(patienceMillis).as("%s", phase).isPositive();
      elapsedMillis += patienceMillis;
    }
    assertThat(elapsedMillis).isLessThan(stopMillis);
  }

  @Test
  void aStepWhoseTimeIsOverIsStillTried() {
    assertThat(StopPlan.of(true, 10_000).patienceMillis(StopPhase.STORAGE, 60_000)).isEqualTo(1);
  }
}
