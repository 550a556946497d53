package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.CausalBuffer.Blocked;
import io.causa.core.Mutation;
import io.causa.core.Write;
import io.causa.membership.Endings;
import io.causa.membership.Retirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What waits for writes that were lost, before and after their generation is retired. */
class RetiredGenerationsTest {

  private static final Replica GONE = new Replica("gone", 1);
  private static final Replica B = new Replica("b", 1);
  private static final Replica C = new Replica("c", 1);
  private static final VersionVector ALL = VersionVector.of(new Dot(GONE, 6));
  private static final Retirement RETIRED = Retirement.of(Endings.of(new Dot(GONE, 6)));

  @Test
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

    assertThat(buffer.takeDeliverable()).containsExactly(effect.cappedBy(RETIRED), second, third);
    assertThat(buffer.heldWrites()).isZero();
    assertThat(buffer.heldBytes()).isZero();
    assertThat(buffer.delivered()).isEqualTo(ALL.with(new Dot(B, 2)).with(new Dot(C, 1)));
  }

  @Test
  void aHeldWriteThatIsNoneAnyMoreIsDroppedAndItsGapIsNone() {
    CausalBuffer buffer = new CausalBuffer(ALL, ModelReplica.ROOMY);
    buffer.offer(write(GONE, 8));
    assertThat(buffer.behindGaps()).isEqualTo(VersionVector.of(new Dot(GONE, 8)));

    buffer.retire(RETIRED, Retirement.NONE);

    assertThat(buffer.behindGaps()).isEqualTo(VersionVector.EMPTY);
    assertThat(buffer.heldWrites()).isZero();
    assertThat(buffer.received()).isEqualTo(ALL);
  }

  @Test
  void whatWaitsForSomethingElseGoesOnWaitingForThat() {
    CausalBuffer buffer = new CausalBuffer(ALL, ModelReplica.ROOMY);
    Write effect = write(C, 1, new Dot(B, 1), new Dot(GONE, 7));
    buffer.offer(effect);

    buffer.retire(RETIRED, RETIRED);

    assertThat(buffer.takeDeliverable()).isEmpty();
    assertThat(buffer.blocked(9))
        .containsExactly(new Blocked(effect.cappedBy(RETIRED), new Dot(B, 1)));
    buffer.offer(write(B, 1));
    assertThat(buffer.takeDeliverable()).containsExactly(write(B, 1), effect.cappedBy(RETIRED));
  }

  @Test
  void aWriteThatWaitsForLessThanWhenItCameGivesBackAllThatItCounted() {
    CausalBuffer buffer = new CausalBuffer(VersionVector.EMPTY, ModelReplica.ROOMY);
    buffer.offer(write(C, 1, new Dot(B, 1), new Dot(GONE, 7)));

    Retirement never = Retirement.of(Endings.of(List.of(), Map.of("gone", 2L), Map.of()));
    buffer.retire(never, never);
    buffer.offer(write(B, 1));

    assertThat(buffer.takeDeliverable()).hasSize(2);
    assertThat(buffer.heldBytes()).isZero();
  }

  private static Write write(Replica origin, long sequence, Dot... dependencies) {
    VersionVector before = VersionVector.of(dependencies);
    VersionVector own = sequence == 1 ? before : before.with(new Dot(origin, sequence - 1));
    return new Write(
        new Dot(origin, sequence), sequence, own, List.of(new Mutation.Delete("k")), 0);
  }
}
