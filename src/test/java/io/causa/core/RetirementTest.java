package io.causa.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.ClockArbitraries;
import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer.Blocked;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What waits for writes that were lost, before and after their generation is retired. */
@Domain(ClockArbitraries.class)
@Domain(DomainContext.Global.class)
class RetirementTest {

  private static final Replica GONE = new Replica("gone", 1);
  private static final Replica B = new Replica("b", 1);
  private static final Replica C = new Replica("c", 1);
  private static final VersionVector ALL = VersionVector.of(new Dot(GONE, 6));
  private static final Retirement RETIRED = new Retirement(ALL);

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

  @Example
  void whatIsHeldForALostWriteIsDeliveredWithAllThatFollowsIt() {
    CausalBuffer buffer = new CausalBuffer(ALL, ModelReplica.ROOMY);
    Write effect = write(B, 1, new Dot(GONE, 7));
    Write second = write(B, 2, new Dot(B, 1));
    Write third = write(C, 1, new Dot(B, 2));
    List.of(third, second, effect).forEach(buffer::offer);
    assertThat(buffer.takeDeliverable()).isEmpty();

    buffer.retire(RETIRED, Retirement.NONE);
    assertThat(buffer.takeDeliverable()).isEmpty();
    buffer.retire(RETIRED, RETIRED);

    assertThat(buffer.takeDeliverable()).containsExactly(RETIRED.cap(effect), second, third);
    assertThat(buffer.heldWrites()).isZero();
    assertThat(buffer.heldBytes()).isZero();
    assertThat(buffer.delivered()).isEqualTo(ALL.with(new Dot(B, 2)).with(new Dot(C, 1)));
  }

  @Example
  void aHeldWriteThatIsNoneAnyMoreIsDroppedAndItsGapIsNone() {
    CausalBuffer buffer = new CausalBuffer(ALL, ModelReplica.ROOMY);
    buffer.offer(write(GONE, 8));
    assertThat(buffer.behindGaps()).isEqualTo(VersionVector.of(new Dot(GONE, 8)));

    buffer.retire(RETIRED, Retirement.NONE);

    assertThat(buffer.behindGaps()).isEqualTo(VersionVector.EMPTY);
    assertThat(buffer.heldWrites()).isZero();
    assertThat(buffer.received()).isEqualTo(ALL);
  }

  @Example
  void whatWaitsForSomethingElseGoesOnWaitingForThat() {
    CausalBuffer buffer = new CausalBuffer(ALL, ModelReplica.ROOMY);
    Write effect = write(C, 1, new Dot(B, 1), new Dot(GONE, 7));
    buffer.offer(effect);

    buffer.retire(RETIRED, RETIRED);

    assertThat(buffer.takeDeliverable()).isEmpty();
    assertThat(buffer.blocked(9)).containsExactly(new Blocked(RETIRED.cap(effect), new Dot(B, 1)));
    buffer.offer(write(B, 1));
    assertThat(buffer.takeDeliverable()).containsExactly(write(B, 1), RETIRED.cap(effect));
  }

  private static Write write(Replica origin, long sequence, Dot... dependencies) {
    VersionVector before = VersionVector.of(dependencies);
    VersionVector own = sequence == 1 ? before : before.with(new Dot(origin, sequence - 1));
    return new Write(
        new Dot(origin, sequence), sequence, own, List.of(new Mutation.Delete("k")), 0);
  }
}
