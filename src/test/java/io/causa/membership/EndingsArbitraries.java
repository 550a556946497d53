package io.causa.membership;

import io.causa.clock.ClockArbitraries;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Endings of a small world: three names of two generations. */
final class EndingsArbitraries {

  private EndingsArbitraries() {}

  static Arbitrary<Endings> endings() {
    Arbitrary<Map<String, Long>> below =
        Arbitraries.maps(Arbitraries.of("a", "b", "node-1"), Arbitraries.longs().between(2, 3))
            .ofMaxSize(3);
    return Combinators.combine(new ClockArbitraries().dots().list().ofMaxSize(4), below)
        .as((last, bounds) -> Endings.of(last, bounds, Map.of()));
  }
}
