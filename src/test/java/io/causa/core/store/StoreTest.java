package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Refusal;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.membership.Endings;
import io.causa.membership.Retirement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Which request goes on, which waits, and what is answered once it is durable. */
class StoreTest {

  private static final Replica SELF = new Replica("self", 1);
  private static final Replica PEER = new Replica("peer", 1);
  private static final VersionVector FIRST_OF_PEER = VersionVector.of(new Dot(PEER, 1));

  private static final List<Mutation> DELETE = List.of(new Mutation.Delete("k"));

  private final KeyStates states = new KeyStates();
  private final Store store = new Store(SELF, states, 0, new StoreLimits(2, 1000, 2));

  @Test
  void aWriteIsAnsweredOnceItIsDurableAndNotBefore() {
    assertThat(store.write(proposal(7), VersionVector.EMPTY, 100)).isEmpty();
    assertThat(store.begin()).isPresent();
    Store.Applied applied = store.complete();
    assertThat(applied.answers()).containsExactly(new Answer.Written(7, new Dot(SELF, 1)));
    assertThat(applied.commit().after()).isEqualTo(VersionVector.of(new Dot(SELF, 1)));
    assertThat(store.lamport()).isEqualTo(1);
  }

  @Test
  void aWriteWhoseContextIsMissingWaitsAndIsStampedAfterIt() {
    assertThat(store.write(proposal(7), FIRST_OF_PEER, 100))
        .contains(new Answer.Parked(7, new Dot(PEER, 1)));
    assertThat(store.begin()).isEmpty();
    assertThat(store.parkedRequests()).isEqualTo(1);

    assertThat(deliver(remote(1, VersionVector.EMPTY))).isEmpty();
    Write released = store.begin().orElseThrow().writes().get(0).write();
    assertThat(released.dependencies()).isEqualTo(FIRST_OF_PEER);
    assertThat(store.complete().answers()).containsExactly(new Answer.Written(7, new Dot(SELF, 1)));
    assertThat(store.parkedRequests()).isZero();
  }

  @Test
  void aReaderWhoseContextIsAppliedGoesOnAtOnce() {
    deliver(remote(1, VersionVector.EMPTY));
    assertThat(store.await(7, FIRST_OF_PEER, 100)).isEqualTo(new Answer.Covered(7));
  }

  @Test
  void aReaderWhoseContextIsMissingGoesOnWithTheCommitThatBringsIt() {
    assertThat(store.await(7, FIRST_OF_PEER, 100))
        .isEqualTo(new Answer.Parked(7, new Dot(PEER, 1)));
    assertThat(deliver(remote(1, VersionVector.EMPTY))).containsExactly(new Answer.Covered(7));
  }

  @Test
  void whoWaitsForALostWriteGoesOnWhenItsGenerationIsRetired() {
    deliver(remote(1, VersionVector.EMPTY));
    VersionVector lost = VersionVector.of(new Dot(PEER, 2));
    store.await(7, lost, 100);
    store.write(proposal(8), lost, 100);

    assertThat(store.retire(Retirement.of(Endings.of(new Dot(PEER, 1)))))
        .containsExactly(new Answer.Covered(7));

    assertThat(store.begin().orElseThrow().writes()).hasSize(1);
    store.complete();
    assertThat(store.parkedRequests()).isZero();
    assertThat(store.retire(Retirement.NONE)).isEmpty();
    assertThat(store.await(9, lost, 100)).isEqualTo(new Answer.Covered(9));
    assertThat(store.write(proposal(10), lost, 100)).isEmpty();
  }

  @Test
  void whatIsNotCoveredInTimeIsGivenUpWithWhatItWaitedFor() {
    store.write(proposal(7), FIRST_OF_PEER, 100);
    assertThat(store.nextDeadlineMillis()).isEqualTo(OptionalLong.of(100));
    assertThat(store.expire(99)).isEmpty();
    assertThat(store.expire(100))
        .containsExactly(new Answer.Refused(7, new Refusal.NotMet(FIRST_OF_PEER)));
    assertThat(store.nextDeadlineMillis()).isEmpty();
    deliver(remote(1, VersionVector.EMPTY));
    assertThat(store.begin()).isEmpty();
  }

  @Test
  void whatItsClientAbandonedIsForgotten() {
    store.await(7, FIRST_OF_PEER, 100);
    store.abandon(7);
    assertThat(store.parkedRequests()).isZero();
    assertThat(deliver(remote(1, VersionVector.EMPTY))).isEmpty();
  }

  @Test
  void moreRequestsThanMayWaitAreRefusedByTheNameOfTheLimit() {
    store.await(1, FIRST_OF_PEER, 100);
    store.await(2, FIRST_OF_PEER, 100);
    assertThat(store.parkedRequests()).isEqualTo(2);
    assertThat(store.await(3, FIRST_OF_PEER, 100))
        .isEqualTo(new Answer.Refused(3, new Refusal.Overloaded(Store.PARKED_REQUESTS)));
  }

  @Test
  void atTheEndOfAllTimesWritesAreRefusedAndReadsGoOn() {
    long end = LamportTimestamp.MAX_TIME;
    deliver(new Write(new Dot(PEER, 1), end - 1, VersionVector.EMPTY, DELETE, 0));
    assertThat(store.write(proposal(7), VersionVector.EMPTY, 100)).isEmpty();
    assertThat(store.begin().orElseThrow().lamport()).isEqualTo(end);
    assertThat(store.complete().answers()).hasSize(1);

    assertThat(store.write(proposal(8), VersionVector.EMPTY, 100))
        .contains(new Answer.Refused(8, new Refusal.Exhausted(end)));
    assertThat(store.begin()).isEmpty();
    assertThat(store.await(9, FIRST_OF_PEER, 100)).isEqualTo(new Answer.Covered(9));
  }

  /** A time that comes with the same commit stops no write that was taken before. */
  @Test
  void aWriteThatWasTakenIsStampedThoughTheLastTimeArrivesBeforeIt() {
    long end = LamportTimestamp.MAX_TIME;
    store.deliver(List.of(new Write(new Dot(PEER, 1), end, VersionVector.EMPTY, DELETE, 0)));
    assertThat(store.write(proposal(7), VersionVector.EMPTY, 100)).isEmpty();

    assertThat(store.begin().orElseThrow().lamport()).isEqualTo(end);
    assertThat(store.complete().answers()).hasSize(1);
    assertThat(store.write(proposal(8), VersionVector.EMPTY, 100))
        .contains(new Answer.Refused(8, new Refusal.Exhausted(end)));
  }

  @Test
  void moreWritesThanMayWaitAreRefusedByTheNameOfTheLimit() {
    store.write(proposal(1), VersionVector.EMPTY, 100);
    store.write(proposal(2), VersionVector.EMPTY, 100);
    assertThat(store.write(proposal(3), VersionVector.EMPTY, 100))
        .contains(new Answer.Refused(3, new Refusal.Overloaded(Store.PENDING_WRITES)));
  }

  @Test
  void aWriteWhoseClientWaitsIsRefusedIfItFindsNoRoomWhenItMayGoOn() {
    store.write(proposal(9), FIRST_OF_PEER, 100);
    store.deliver(List.of(remote(1, VersionVector.EMPTY)));
    store.begin();
    store.write(proposal(1), VersionVector.EMPTY, 100);
    store.write(proposal(2), VersionVector.EMPTY, 100);
    assertThat(store.complete().answers())
        .containsExactly(new Answer.Refused(9, new Refusal.Overloaded(Store.PENDING_WRITES)));
  }

  @Test
  void onlyConcurrentVersionsCountAsConflicts() {
    deliver(remote(1, VersionVector.EMPTY));
    assertThat(store.conflicts()).isZero();
    store.write(proposal(1), VersionVector.EMPTY, 100);
    store.begin();
    store.complete();
    assertThat(store.conflicts()).isZero();
    deliver(remote(2, FIRST_OF_PEER));
    assertThat(store.conflicts()).isEqualTo(1);
    assertThat(store.conflictsSeen()).isEqualTo(1);
  }

  @Test
  void aConflictCountsUntilItIsSettledAlsoAfterARestart() {
    store.write(proposal(1), VersionVector.EMPTY, 100);
    store.begin();
    store.complete();
    deliver(remote(1, VersionVector.EMPTY));

    Store restarted = restarted();
    assertThat(restarted.conflicts()).isEqualTo(1);
    assertThat(restarted.conflictsSeen()).isZero();

    store.write(proposal(2), VersionVector.EMPTY, 100);
    store.begin();
    store.complete();
    assertThat(store.conflicts()).isZero();
    assertThat(store.conflictsSeen()).isEqualTo(1);
    assertThat(restarted().conflicts()).isZero();
  }

  private Store restarted() {
    KeyStates recovered = new KeyStates(states.applied(), Map.copyOf(states.all()));
    return new Store(SELF, recovered, store.lamport(), new StoreLimits(10, 1000, 10));
  }

  private List<Answer> deliver(Write write) {
    store.deliver(List.of(write));
    store.begin();
    return store.complete().answers();
  }

  private static Proposal proposal(long ticket) {
    return new Proposal(ticket, List.of(new Mutation.Put("k", Value.text("v"))), 0);
  }

  private static Write remote(long sequence, VersionVector dependencies) {
    List<Mutation> mutations = List.of(new Mutation.Put("k", Value.text("r")));
    return new Write(new Dot(PEER, sequence), sequence, dependencies, mutations, 0);
  }
}
