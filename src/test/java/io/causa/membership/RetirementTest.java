package io.causa.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.ClockArbitraries;
import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(ClockArbitraries.class)
@Domain(DomainContext.Global.class)
class RetirementTest {

  @Provide
  Arbitrary<Endings> endings() {
    return EndingsArbitraries.endings();
  }

  @Property
  void aVectorIsCappedWhereAGenerationIsRetiredAndNowhereElse(
      @ForAll("endings") Endings ended, @ForAll VersionVector awaited) {
    Retirement retirement = Retirement.of(ended);
    VersionVector capped = retirement.cap(awaited);

    assertThat(awaited.covers(capped)).isTrue();
    assertThat(retirement.cap(capped)).isEqualTo(capped);
    for (Dot entry : awaited) {
      long end = ended.last(entry.replica());
      boolean isRetired = ended.includes(entry.replica());
      long expected = isRetired ? Math.min(end, entry.sequence()) : entry.sequence();
      assertThat(capped.get(entry.replica())).isEqualTo(expected);
      assertThat(retirement.excludes(entry)).isEqualTo(expected < entry.sequence());
    }
  }

  @Property
  void whatIsFinalIsNotRaisedByAnOrder(
      @ForAll("endings") Endings ended, @ForAll("endings") Endings ordered, @ForAll Dot dot) {
    Retirement both = new Retirement(ended, ordered);

    assertThat(both.includes(dot.replica()))
        .isEqualTo(ended.includes(dot.replica()) || ordered.includes(dot.replica()));
    long later = Math.max(ended.last(dot.replica()), ordered.last(dot.replica()));
    assertThat(both.last(dot.replica()))
        .isEqualTo(ended.isBelow(dot.replica()) ? ended.last(dot.replica()) : later);
  }
}
