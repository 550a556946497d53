package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.HeapSize;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Refusal;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.membership.Endings;
import io.causa.membership.Retirement;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What was accepted is applied, or expires, or is cancelled; it is never dropped. */
class HeldWritesTest {

  private static final Replica SELF = new Replica("self", 1);
  private static final Replica PEER = new Replica("peer", 1);
  private static final VersionVector FIRST_OF_PEER = VersionVector.of(new Dot(PEER, 1));
  private static final long ONE = held(proposal(1, "v"), FIRST_OF_PEER);

  private final Store store = store(1, 3, 3 * ONE);

  private static Store store(int others, int heldWrites, long heldBytes) {
    StoreLimits limits =
        new StoreLimits(
            others,
            1000,
            others,
            1 << 20,
            heldWrites,
            heldBytes,
            new SnapshotTransfers.Limits(1, 1000, 1000));
    return new Store(SELF, new KeyStates(), 0, limits);
  }

  @Test
  void anAcceptedWriteEntersTheCommitHoweverFullTheQueueIs() {
    hold(1);
    hold(2);
    hold(3);
    store.deliver(List.of(firstOfPeer()));
    store.begin();
    assertThat(store.write(proposal(9, "v"), VersionVector.EMPTY, 100)).isEmpty();

    assertThat(store.complete().answers()).isEmpty();

    assertThat(commit()).extracting(Answer::ticket).containsExactly(9L, 1L, 2L, 3L);
  }

  @Test
  void anAcceptedWriteKeepsItsRoomUntilItIsCommitted() {
    hold(1);
    hold(2);
    hold(3);
    store.deliver(List.of(firstOfPeer()));
    store.begin();
    store.complete();
    VersionVector later = VersionVector.of(new Dot(PEER, 2));

    assertThat(store.held().waiting()).isZero();
    assertThat(store.held().bytes()).isEqualTo(3 * ONE);
    assertThat(store.hold(proposal(4, "v"), later, 0, 100))
        .contains(new Answer.Refused(4, new Refusal.Overloaded(HeldWrites.WRITES)));

    assertThat(commit()).hasSize(3);
    assertThat(store.held().bytes()).isZero();
    assertThat(store.hold(proposal(4, "v"), later, 0, 100))
        .contains(new Answer.Parked(4, new Dot(PEER, 2)));
  }

  @Test
  void heldWritesAndRequestsThatWaitHaveRoomOfTheirOwn() {
    hold(1);
    hold(2);
    hold(3);
    assertThat(store.await(7, FIRST_OF_PEER, 100))
        .isEqualTo(new Answer.Parked(7, new Dot(PEER, 1)));
    assertThat(store.await(8, FIRST_OF_PEER, 100))
        .isEqualTo(new Answer.Refused(8, new Refusal.Overloaded(Store.PARKED_REQUESTS)));
    assertThat(store.write(proposal(9, "v"), VersionVector.EMPTY, 100)).isEmpty();
  }

  @Test
  void heldBytesAreBoundedByTheNameOfTheLimit() {
    Store small = store(1, 100, 2 * ONE);
    small.hold(proposal(1, "v"), FIRST_OF_PEER, 0, 100);
    assertThat(small.hold(proposal(2, "v".repeat((int) ONE)), FIRST_OF_PEER, 0, 100))
        .contains(new Answer.Refused(2, new Refusal.Overloaded(HeldWrites.BYTES)));
    assertThat(small.hold(proposal(3, "v"), FIRST_OF_PEER, 0, 100))
        .contains(new Answer.Parked(3, new Dot(PEER, 1)));
  }

  @Test
  void aForgedContextOfManyReplicasCountsAmongTheBytes() {
    Store small = store(1, 100, 2 * ONE);
    small.hold(proposal(1, "v"), FIRST_OF_PEER, 0, 100);
    VersionVector forged =
        VersionVector.of(
            IntStream.range(0, 1000).mapToObj(i -> new Dot(new Replica("r" + i, 1), 9)).toList());

    assertThat(small.hold(proposal(2, "v"), forged, 0, 100))
        .contains(new Answer.Refused(2, new Refusal.Overloaded(HeldWrites.BYTES)));
    small.await(3, FIRST_OF_PEER, 100);
    assertThat(small.parkedBytes()).isGreaterThan(HeapSize.REQUEST_BYTES);
  }

  @Test
  void aCancelledWriteIsNeverApplied() {
    hold(1);
    hold(2);
    assertThat(store.cancelHeld(1)).isTrue();
    assertThat(store.cancelHeld(1)).isFalse();
    assertThat(store.held().bytes()).isEqualTo(ONE);

    store.deliver(List.of(firstOfPeer()));
    store.begin();
    store.complete();

    assertThat(commit()).extracting(Answer::ticket).containsExactly(2L);
  }

  @Test
  void aWriteOnItsWayIntoACommitIsNotCancelledAnyMore() {
    hold(1);
    store.deliver(List.of(firstOfPeer()));
    store.begin();
    store.complete();

    assertThat(store.cancelHeld(1)).isFalse();
    assertThat(store.held().find(1)).isEmpty();
    assertThat(commit()).extracting(Answer::ticket).containsExactly(1L);
    assertThat(store.cancelHeld(1)).isFalse();
  }

  @Test
  void aRequestOfAClientThatWaitsIsNoHeldWrite() {
    store.write(proposal(1, "v"), FIRST_OF_PEER, 100);
    assertThat(store.cancelHeld(1)).isFalse();
    assertThat(store.held().list(0, 10)).isEmpty();
    hold(2);
    store.abandon(2);
    assertThat(store.held().waiting()).isEqualTo(1);
  }

  @Test
  void anExpiredWriteGivesItsRoomBack() {
    store.hold(proposal(1, "v"), FIRST_OF_PEER, 10, 100);
    store.await(2, FIRST_OF_PEER, 60);
    assertThat(store.nextDeadlineMillis()).isEqualTo(OptionalLong.of(60));
    assertThat(store.expire(60))
        .containsExactly(new Answer.Refused(2, new Refusal.NotMet(FIRST_OF_PEER)));
    assertThat(store.expire(100))
        .containsExactly(new Answer.Refused(1, new Refusal.NotMet(FIRST_OF_PEER)));
    assertThat(store.held().bytes()).isZero();
    assertThat(store.parkedBytes()).isZero();
  }

  @Test
  void aHeldWriteThatWaitsForALostWriteGoesOnWhenItsGenerationIsRetired() {
    store.deliver(List.of(firstOfPeer()));
    store.begin();
    store.complete();
    store.hold(proposal(1, "v"), VersionVector.of(new Dot(PEER, 2)), 0, 100);

    assertThat(store.retire(Retirement.of(Endings.of(new Dot(PEER, 1))))).isEmpty();

    assertThat(commit()).extracting(Answer::ticket).containsExactly(1L);
    assertThat(store.held().bytes()).isZero();
  }

  @Test
  void theListSaysSinceWhenAndUntilWhenAndGoesOnBehindATicket() {
    hold(5);
    hold(6);
    hold(7);
    assertThat(store.held().list(5, 1))
        .containsExactly(new HeldWrites.Held(proposal(6, "v"), FIRST_OF_PEER, ONE, 10, 100));
    assertThat(store.missing(store.held().find(6).orElseThrow())).contains(new Dot(PEER, 1));
  }

  private void hold(long ticket) {
    assertThat(store.hold(proposal(ticket, "v"), FIRST_OF_PEER, 10, 100))
        .contains(new Answer.Parked(ticket, new Dot(PEER, 1)));
  }

  private List<Answer> commit() {
    store.begin().orElseThrow();
    return store.complete().answers();
  }

  private static long held(Proposal proposal, VersionVector context) {
    return HeapSize.REQUEST_BYTES + proposal.heapBytes() + HeapSize.of(context);
  }

  private static Proposal proposal(long ticket, String value) {
    return new Proposal(ticket, List.of(new Mutation.Put("k" + ticket % 10, Value.text(value))), 0);
  }

  private static Write firstOfPeer() {
    List<Mutation> mutations = List.of(new Mutation.Put("k", Value.text("r")));
    return new Write(new Dot(PEER, 1), 1, VersionVector.EMPTY, mutations, 0);
  }
}
