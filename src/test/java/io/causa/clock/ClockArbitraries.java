package io.causa.clock;

import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Clocks of a small world, so that random ones meet: six replicas, short histories. */
public class ClockArbitraries extends DomainContextBase {

  @Provide
  public Arbitrary<Replica> replicas() {
    return Combinators.combine(
            Arbitraries.of("a", "b", "node-1"), Arbitraries.longs().between(1, 2))
        .as(Replica::new);
  }

  @Provide
  public Arbitrary<Dot> dots() {
    return Combinators.combine(replicas(), Arbitraries.longs().between(1, 5)).as(Dot::new);
  }

  @Provide
  public Arbitrary<VersionVector> vectors() {
    return entries().map(VersionVector::of);
  }

  @Provide
  public Arbitrary<LamportTimestamp> timestamps() {
    return Combinators.combine(Arbitraries.longs().between(1, 4), replicas())
        .as(LamportTimestamp::new);
  }

  /** Entries as a careless caller would give them: zeros among them. */
  @Provide
  public Arbitrary<Map<Replica, Long>> entries() {
    return Arbitraries.maps(replicas(), Arbitraries.longs().between(0, 4)).ofMaxSize(6);
  }
}
