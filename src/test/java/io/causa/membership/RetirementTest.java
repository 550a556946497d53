package io.causa.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.ClockArbitraries;
import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

@Domain(ClockArbitraries.class)
@Domain(DomainContext.Global.class)
class RetirementTest {

  @Property
  void aVectorIsCappedWhereAGenerationIsRetiredAndNowhereElse(
      @ForAll VersionVector last, @ForAll VersionVector awaited) {
    Retirement retirement = new Retirement(last);
    VersionVector capped = retirement.cap(awaited);

    assertThat(awaited.covers(capped)).isTrue();
    assertThat(retirement.cap(capped)).isEqualTo(capped);
    for (Dot entry : awaited) {
      long end = last.get(entry.replica());
      long expected = end == 0 ? entry.sequence() : Math.min(end, entry.sequence());
      assertThat(capped.get(entry.replica())).isEqualTo(expected);
      assertThat(retirement.excludes(entry)).isEqualTo(expected < entry.sequence());
    }
  }
}
