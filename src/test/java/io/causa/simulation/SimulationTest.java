package io.causa.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Short simulations with fresh seeds, and that a seed means one run. */
class SimulationTest {

  private static final int FRESH_SEEDS = 400;

  @Test
  void everyFreshSeedKeepsAllPromises() {
    long first = TimeUnit.NANOSECONDS.toMillis(System.nanoTime()) * FRESH_SEEDS;
    System.out.println("simulating " + FRESH_SEEDS + " seeds from " + first);

    for (long seed = first; seed < first + FRESH_SEEDS; seed++) {
      Run.Result result = Run.play(Plan.of(seed), false);
      assertThat(result.failure()).as(result.plan().command()).isEmpty();
    }
  }

  @Test
  void theSameSeedGivesTheSameTrace() {
    for (long seed = 1; seed <= 10; seed++) {
      List<String> once = Run.play(Plan.of(seed), true).trace();
      List<String> again = Run.play(Plan.of(seed), true).trace();

      assertThat(once).hasSizeGreaterThan(100).isEqualTo(again);
    }
  }
}
