package io.causa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.engine.port.LoopName;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One look of a loop at the earliest of many deadlines. */
class DeadlineTest {

  private final ManualHost host = new ManualHost();
  private final ManualLoop loop = host.loop(LoopName.FEED);
  private final List<Long> looks = new ArrayList<>();
  private final Turns turns = new Turns(host, LoopName.FEED, TurnLimits.USUAL, () -> {});
  private final Deadline deadline = new Deadline(turns, () -> looks.add(loop.nowMillis()));

  @BeforeEach
  void open() {
    turns.open(loop);
  }

  @Test
  void theLoopLooksWhenTheDeadlineComes() {
    deadline.arm(OptionalLong.of(50));

    host.pass(49);
    assertThat(looks).isEmpty();
    host.pass(1);
    assertThat(looks).containsExactly(50L);
  }

  @Test
  void anEarlierDeadlineIsNotMissed() {
    deadline.arm(OptionalLong.of(50));
    deadline.arm(OptionalLong.of(20));

    host.pass(20);

    assertThat(looks).containsExactly(20L);
  }

  @Test
  void whileATimerIsSetNoOtherIsSetForTheSameTimeOrALaterOne() {
    deadline.arm(OptionalLong.of(50));
    deadline.arm(OptionalLong.of(20));
    host.pass(20);
    for (int again = 0; again < 100; again++) {
      deadline.arm(OptionalLong.of(50));
      deadline.arm(OptionalLong.of(60));
    }

    host.pass(100);

    assertThat(looks).as("the timer of 50 ms was still set").containsExactly(20L, 50L);
  }

  @Test
  void aDeadlineThatIsPastIsLookedAtSoon() {
    host.pass(100);
    deadline.arm(OptionalLong.of(30));

    host.pass(1);

    assertThat(looks).containsExactly(101L);
  }

  @Test
  void withoutADeadlineThereIsNoTimer() {
    deadline.arm(OptionalLong.empty());

    host.pass(1_000_000);

    assertThat(looks).isEmpty();
  }
}
