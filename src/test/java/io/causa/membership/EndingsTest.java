package io.causa.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.ClockArbitraries;
import io.causa.clock.Dot;
import io.causa.clock.Replica;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The laws of endings, and how a table travels in parts. */
@Domain(ClockArbitraries.class)
@Domain(DomainContext.Global.class)
class EndingsTest {

  private static final Dot A1 = new Dot(new Replica("a", 1), 9);
  private static final Dot A3 = new Dot(new Replica("a", 3), 2);
  private static final Dot A7 = new Dot(new Replica("a", 7), 4);
  private static final Endings UP_TO_3 = Endings.of(List.of(A1), Map.of("a", 3L), Map.of());
  private static final Endings UP_TO_5 = Endings.of(List.of(A1, A3), Map.of("a", 5L), Map.of());

  @Provide
  Arbitrary<Endings> endings() {
    return EndingsArbitraries.endings();
  }

  @Property
  void endingsAreALattice(
      @ForAll("endings") Endings e, @ForAll("endings") Endings f, @ForAll("endings") Endings g) {
    assertThat(e.join(f)).isEqualTo(f.join(e)).hasSameHashCodeAs(f.join(e));
    assertThat(e.join(f).join(g)).isEqualTo(e.join(f.join(g)));
    assertThat(e.join(e)).isSameAs(e);
    assertThat(e.join(f).join(f)).isEqualTo(e.join(f));
    assertThat(e.join(Endings.NONE)).isSameAs(e);
    assertThat(Endings.NONE.join(e)).isEqualTo(e);
  }

  @Property
  void whatIsJoinedSaysWhatBothSay(
      @ForAll("endings") Endings e, @ForAll("endings") Endings f, @ForAll Replica replica) {
    Endings both = e.join(f);
    long bound = Math.max(e.below(replica.name()), f.below(replica.name()));
    assertThat(both.below(replica.name())).isEqualTo(bound);
    assertThat(both.includes(replica)).isEqualTo(e.includes(replica) || f.includes(replica));
    assertThat(both.last(replica)).isEqualTo(Math.max(e.last(replica), f.last(replica)));
  }

  /** Whoever shows what it knows is told the rest, and knows all then. */
  @Property
  void whatIsToldBehindWhatIsKnownMakesItComplete(
      @ForAll("endings") Endings more, @ForAll("endings") Endings known) {
    Endings whole = known.join(more);
    Endings told = whole.behind(known.below());

    Endings after = known.join(told);

    assertThat(after.below()).isEqualTo(whole.below());
    assertThat(after.open()).isEqualTo(whole.open());
    for (Dot last : whole.listed()) {
      boolean wasFinal = known.isBelow(last.replica());
      assertThat(after.last(last.replica()))
          .isEqualTo(wasFinal ? known.last(last.replica()) : last.sequence());
    }
  }

  @Example
  void ofATableWithoutItsBeginNothingIsTaken() {
    Endings told = UP_TO_5.behind(new TreeMap<>(Map.of("a", 3L)));
    assertThat(told.listed()).containsExactly(A3);

    assertThat(Endings.NONE.join(told)).isEqualTo(Endings.NONE);
    assertThat(Endings.NONE.takes("a", told)).isFalse();
    assertThat(UP_TO_3.join(told)).isEqualTo(UP_TO_5);
  }

  @Example
  void aGenerationThatIsNotListedHasEndedWithoutWrites() {
    Replica two = new Replica("a", 2);
    assertThat(UP_TO_3.includes(two)).isTrue();
    assertThat(UP_TO_3.last(two)).isZero();
    assertThat(UP_TO_3.includes(A3.replica())).isFalse();
    assertThat(UP_TO_3.table("a", 1, 3)).containsExactly(A1);
  }

  @Example
  void whatEndedByItselfIsOfTheTableOnceTheBoundIsBehindIt() {
    Endings open = UP_TO_3.join(Endings.of(A7));
    assertThat(open.open()).containsExactly(A7);
    Endings later = open.join(Endings.of(List.of(), Map.of("a", 8L), Map.of()));
    assertThat(later.open()).isEmpty();
    assertThat(later.last(A7.replica())).isEqualTo(4);
  }

  @Example
  void whatOthersKnowToBeFinalIsLeftOut() {
    Endings pending = UP_TO_5.join(Endings.of(A7));
    assertThat(pending.without(new TreeMap<>(Map.of("a", 5L)))).isEqualTo(Endings.of(A7));
    assertThat(pending.without(new TreeMap<>(Map.of("a", 3L))).listed()).containsExactly(A7, A3);
  }
}
