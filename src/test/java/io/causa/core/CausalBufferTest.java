package io.causa.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer.Admission;
import io.causa.core.CausalBuffer.Blocked;
import io.causa.core.CausalBuffer.Limits;
import java.util.List;
import org.junit.jupiter.api.Test;

class CausalBufferTest {

  private static final Replica A = new Replica("a", 1);
  private static final Replica B = new Replica("b", 1);
  private static final Replica D = new Replica("d", 1);
  private static final Limits ROOMY = new Limits(1000, 1 << 20, 1 << 20);
  private static final long ONE_WRITE = write(A, 2).heapBytes();

  private final CausalBuffer buffer = new CausalBuffer(VersionVector.EMPTY, ROOMY);

  @Test
  void aWriteWithAGapBeforeItWaits() {
    Write second = write(A, 2);
    assertThat(buffer.offer(second)).isEqualTo(Admission.ADMITTED);
    assertThat(buffer.takeDeliverable()).isEmpty();
    assertThat(buffer.blocked(9)).containsExactly(new Blocked(second, new Dot(A, 1)));
    assertThat(buffer.received()).isEqualTo(VersionVector.EMPTY);
    assertThat(buffer.behindGaps()).isEqualTo(VersionVector.of(new Dot(A, 2)));
  }

  @Test
  void theMissingWriteReleasesWhatWaited() {
    buffer.offer(write(A, 3));
    buffer.offer(write(A, 2));
    buffer.offer(write(A, 1));
    assertThat(buffer.takeDeliverable()).containsExactly(write(A, 1), write(A, 2), write(A, 3));
    assertThat(buffer.takeDeliverable()).isEmpty();
    assertThat(buffer.delivered()).isEqualTo(VersionVector.of(new Dot(A, 3)));
  }

  @Test
  void anEffectWaitsForItsCauseAndIsReceivedAllTheSame() {
    Write effect = write(B, 1, new Dot(A, 2));
    buffer.offer(effect);
    assertThat(buffer.received()).isEqualTo(VersionVector.of(new Dot(B, 1)));
    assertThat(buffer.behindGaps()).isEqualTo(VersionVector.EMPTY);
    buffer.offer(write(A, 1));
    assertThat(buffer.takeDeliverable()).containsExactly(write(A, 1));
    assertThat(buffer.blocked(9)).containsExactly(new Blocked(effect, new Dot(A, 2)));
    buffer.offer(write(A, 2));
    assertThat(buffer.takeDeliverable()).containsExactly(write(A, 2), effect);
  }

  @Test
  void anOwnWriteThatIsAppliedReleasesWhatWaitedForIt() {
    buffer.offer(write(B, 1, new Dot(A, 1)));
    buffer.applied(VersionVector.of(new Dot(A, 1)));
    assertThat(buffer.takeDeliverable()).containsExactly(write(B, 1, new Dot(A, 1)));
  }

  @Test
  void theBasesThatWritesWaitForAreNamedUntilTheyAreReached() {
    Write effect = write(B, 1, Dot.ofBase("c", 5));
    buffer.offer(effect);
    buffer.offer(write(D, 1, Dot.ofBase("c", 3), new Dot(A, 1)));
    assertThat(buffer.awaitedBases()).isEqualTo(VersionVector.of(Dot.ofBase("c", 5)));

    buffer.applied(VersionVector.of(Dot.ofBase("c", 5)));
    assertThat(buffer.takeDeliverable()).containsExactly(effect);
    assertThat(buffer.awaitedBases()).isEqualTo(VersionVector.EMPTY);
  }

  @Test
  void whatTheStoreHasAlreadyIsNotHandedOver() {
    buffer.offer(write(B, 1, new Dot(A, 1)));
    buffer.applied(VersionVector.of(new Dot(A, 1), new Dot(B, 1)));
    assertThat(buffer.takeDeliverable()).isEmpty();
    assertThat(buffer.heldWrites()).isZero();
    assertThat(buffer.offer(write(B, 1, new Dot(A, 1)))).isEqualTo(Admission.DUPLICATE);
  }

  @Test
  void aFullBufferRefusesWhatIsBlockedAndAdmitsWhatIsNext() {
    CausalBuffer full = new CausalBuffer(VersionVector.EMPTY, new Limits(1, 1 << 20, 1 << 20));
    assertThat(full.offer(write(A, 2))).isEqualTo(Admission.ADMITTED);
    assertThat(full.offer(write(A, 3))).isEqualTo(Admission.REFUSED);
    assertThat(full.offer(write(A, 2))).isEqualTo(Admission.DUPLICATE);
    assertThat(full.offer(write(A, 1))).isEqualTo(Admission.ADMITTED);
    assertThat(full.takeDeliverable()).hasSize(2);
    assertThat(full.offer(write(A, 3))).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void theLimitOfBytesIsNotExceeded() {
    CausalBuffer full =
        new CausalBuffer(VersionVector.EMPTY, new Limits(9, 2 * ONE_WRITE, 1 << 20));
    assertThat(full.offer(write(A, 2))).isEqualTo(Admission.ADMITTED);
    assertThat(full.offer(write(A, 3))).isEqualTo(Admission.ADMITTED);
    assertThat(full.offer(write(A, 4))).isEqualTo(Admission.REFUSED);
    assertThat(full.heldBytes()).isEqualTo(2 * ONE_WRITE);
  }

  @Test
  void aStoreThatIsBehindHoldsUpEvenWhatIsNext() {
    CausalBuffer buffer =
        new CausalBuffer(VersionVector.EMPTY, new Limits(9, 1 << 20, write(A, 1).heapBytes() - 1));
    assertThat(buffer.offer(write(A, 1))).isEqualTo(Admission.ADMITTED);
    assertThat(buffer.offer(write(A, 2))).isEqualTo(Admission.REFUSED);
    buffer.applied(VersionVector.of(new Dot(A, 1)));
    assertThat(buffer.offer(write(A, 2))).isEqualTo(Admission.ADMITTED);
  }

  @Test
  void aBufferStartsBehindWhatTheStoreHas() {
    CausalBuffer restarted = new CausalBuffer(VersionVector.of(new Dot(A, 7)), ROOMY);
    assertThat(restarted.offer(write(A, 7))).isEqualTo(Admission.DUPLICATE);
    restarted.offer(write(A, 8));
    assertThat(restarted.takeDeliverable()).isEqualTo(List.of(write(A, 8)));
  }

  private static Write write(Replica origin, long sequence, Dot... after) {
    VersionVector dependencies = VersionVector.of(after);
    if (sequence > 1) {
      dependencies = dependencies.with(new Dot(origin, sequence - 1));
    }
    List<Mutation> mutations = List.of(new Mutation.Delete("k"));
    return new Write(new Dot(origin, sequence), 1, dependencies, mutations, 0);
  }
}
