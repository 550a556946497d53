package io.causa.clock;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Vectors with bases in a small world: two names of four generations. */
public class BaseArbitraries extends DomainContextBase {

  static final long GENERATIONS = 4;

  @Provide
  public Arbitrary<Replica> replicas() {
    return Combinators.combine(
            Arbitraries.of("a", "b"), Arbitraries.longs().between(1, GENERATIONS))
        .as(Replica::new);
  }

  /** Dots of writes and, as often, of bases; some bases are above all generations. */
  @Provide
  public Arbitrary<Dot> dots() {
    Arbitrary<Dot> bases =
        Combinators.combine(
                Arbitraries.of("a", "b"), Arbitraries.longs().between(1, GENERATIONS + 2))
            .as(Dot::ofBase);
    return Arbitraries.oneOf(
        Combinators.combine(replicas(), Arbitraries.longs().between(1, 3)).as(Dot::new), bases);
  }

  @Provide
  public Arbitrary<VersionVector> vectors() {
    return dots().list().ofMaxSize(8).map(VersionVector::of);
  }
}
