package io.causa.simulation.check;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Hand-made behaviour of two nodes: wrong ones are rejected by the right rule, right ones pass. */
class ObserversTest {

  private static final String A = "a.1";
  private static final String B = "b.1";
  private static final Fact A1 = fact(A, 1, 1, "x", "one");
  private static final Fact A2 = fact(A, 2, 2, "x", "two");
  private static final Fact B1 = fact(B, 1, 2, "y", "effect");

  private final Observers observers = new Observers();

  @BeforeEach
  void openBoth() {
    open(A, Map.of());
    open(B, Map.of());
  }

  @Test
  void writesThatAreAppliedInCausalOrderPass() {
    does(A, A1);
    does(B, A1);
    does(B, B1);
    does(A, B1);

    passes(() -> observers.end().settled(Set.of(A, B)));
    passes(() -> observers.end().holds(A, "x", List.of(A1.name())));
  }

  @Test
  void anEffectBeforeItsCauseIsRejected() {
    does(A, A1);
    does(B, A1);
    does(B, B1);
    open("c.1", Map.of());

    rejects("causal-delivery", () -> durable("c.1", B1));
  }

  @Test
  void aWriteSaidToBeAtAPeerThatLacksItIsRejected() {
    does(A, A1);
    rejects("pushed", () -> observers.disks().pushed(A, B, 1));
    does(B, A1);
    passes(() -> observers.disks().pushed(A, B, 1));
  }

  @Test
  void aLaterWriteOfAnOriginBeforeAnEarlierOneIsRejected() {
    does(A, A1);
    does(A, A2);

    rejects("causal-delivery", () -> durable(B, A2));
  }

  @Test
  void aWriteThatIsAppliedTwiceIsRejected() {
    does(A, A1);
    does(B, A1);

    rejects("applied-once", () -> durable(B, A1));
  }

  @Test
  void aNameThatIsGivenTwiceIsRejected() {
    does(A, A1);

    rejects("unique-names", () -> durable(A, fact(A, 1, 5, "x", "other")));
  }

  @Test
  void theNameOfAWriteThatNobodySawMayBeGivenAgainAfterItsLoss() {
    durable(A, A1);
    observers.disks().cut(A, Map.of());
    open(A, Map.of());

    passes(() -> durable(A, fact(A, 1, 1, "x", "other")));
  }

  @Test
  void theNameOfAWriteThatNobodySawAndThatIsStillThereIsNotGivenAgain() {
    durable(A, A1);
    observers.disks().cut(A, Map.of(A, 1L));

    rejects("unique-names", () -> durable(A, fact(A, 1, 5, "x", "other")));
  }

  @Test
  void aSnapshotWithoutACauseIsRejected() {
    does(A, A1);
    does(B, A1);
    does(B, fact(B, 1, 2, "y", "2"));

    rejects("causal-delivery", () -> observers.disks().installed("c.1", Map.of(B, 1L)));
  }

  @Test
  void aSnapshotThatTakesSomethingAwayIsRejected() {
    does(A, A1);
    does(B, fact(B, 1, 1, "y", "2"));

    rejects("snapshot-forgets", () -> observers.disks().installed(B, Map.of(A, 1L)));
  }

  @Test
  void aSnapshotThatIsShownBeforeItIsDurableIsRejected() {
    does(A, A1);

    rejects("visible-order", () -> observers.disks().visible(B, Map.of(A, 1L)));
  }

  @Test
  void aFeedThatGoesOnFurtherThanTheSnapshotWentIsRejected() {
    does(A, A1);
    observers.disks().installed(B, Map.of(A, 1L));
    observers.disks().visible(B, Map.of(A, 1L));

    passes(() -> observers.disks().skipped(B, Map.of(A, 1L)));
    rejects("feed-position", () -> observers.disks().skipped(B, Map.of(A, 2L)));
  }

  @Test
  void aWriteThatChangedOnItsWayIsRejected() {
    does(A, A1);

    rejects("same-write", () -> durable(B, fact(A, 1, 1, "x", "changed")));
  }

  @Test
  void aWriteWithALowerLamportTimeThanItsPastIsRejected() {
    does(A, fact(A, 1, 7, "x", "one"));

    rejects("lamport", () -> durable(A, fact(A, 2, 7, "x", "two")));
  }

  @Test
  void showingWhatIsNotDurableIsRejected() {
    rejects("visible-order", () -> visible(A, A1));
  }

  @Test
  void showingWritesInAnotherOrderThanTheyWereAppliedIsRejected() {
    observers.disks().durable(A, List.of(A1, A2));

    rejects("visible-order", () -> visible(A, A2));
  }

  @Test
  void aFeedThatLeavesOutAWriteIsRejected() {
    does(A, A1);
    does(A, A2);

    rejects("feed-order", () -> feed(A, A2, Map.of(A, 1L), Map.of(A, 2L)));
  }

  @Test
  void aFeedThatGivesAWrongPositionIsRejected() {
    does(A, A1);

    rejects("feed-position", () -> feed(A, A1, Map.of(A, 1L), Map.of(A, 1L)));
  }

  @Test
  void aFeedInOrderPasses() {
    does(A, A1);
    does(A, A2);

    passes(() -> feed(A, A1, Map.of(), Map.of(A, 1L)));
    passes(() -> feed(A, A2, Map.of(A, 1L), Map.of(A, 2L)));
  }

  @Test
  void aDirectoryThatHoldsOtherThanItWasLeftWithIsRejected() {
    does(A, A1);

    rejects("recovery", () -> observers.disks().opened(A, Map.of()));
    passes(() -> observers.disks().opened(A, Map.of(A, 1L)));
  }

  @Test
  void sendingWhatIsNotDurableIsRejected() {
    rejects("durable-first", () -> observers.peers().sent(A, List.of(A1)));
    does(A, A1);
    passes(() -> observers.peers().sent(A, List.of(A1)));
  }

  @Test
  void aClaimToHaveAppliedWhatIsMissingIsRejected() {
    does(A, A1);

    rejects("claim-applied", () -> observers.peers().claimed(B, Map.of(A, 1L), Map.of()));
    passes(() -> observers.peers().claimed(A, Map.of(A, 1L), Map.of()));
  }

  @Test
  void whomANodeToldOfItMustNotForget() {
    observers.peers().knows(A, Set.of("a", "b"));
    passes(() -> observers.peers().knows(A, Set.of("a", "b", "c")));
    rejects("roster", () -> observers.peers().knows(A, Set.of("a", "c")));
  }

  @Test
  void aClaimToHaveReceivedOverAGapIsRejected() {
    does(A, A1);
    does(A, A2);
    observers.peers().arrived(B, List.of(A2.name()));

    rejects("claim-received", () -> observers.peers().claimed(B, Map.of(), Map.of(A, 2L)));
    observers.peers().arrived(B, List.of(A1.name()));
    passes(() -> observers.peers().claimed(B, Map.of(), Map.of(A, 2L)));
  }

  @Test
  void anAnswerBeforeTheWriteIsVisibleIsRejected() {
    durable(A, A1);

    rejects("durable-first", () -> observers.clients().answered(A, A1.name()));
    visible(A, A1);
    passes(() -> observers.clients().answered(A, A1.name()));
  }

  @Test
  void aSessionThatIsShownAnOlderVersionThanItsOwnIsRejected() {
    does(A, A1);
    does(A, A2);
    observers.clients().acknowledged("c", A2.name());

    rejects("session-read", () -> observers.clients().read("c", Map.of("x", A1.name()), Map.of()));
    passes(() -> observers.clients().read("c", Map.of("x", A2.name()), Map.of()));
    passes(() -> observers.clients().read("another", Map.of("x", A1.name()), Map.of()));
  }

  @Test
  void aSessionThatSawAnEffectAndNotItsCauseIsRejected() {
    does(A, A1);
    does(B, A1);
    does(B, B1);
    observers.clients().read("c", Map.of("y", B1.name()), Map.of());

    rejects("session-read", () -> observers.clients().read("c", nothing("x"), Map.of()));
  }

  @Test
  void aWriteThatDoesNotFollowWhatItsSessionSawIsRejected() {
    does(A, A1);
    does(B, fact(B, 1, 1, "y", "unrelated"));
    observers.clients().read("c", Map.of("x", A1.name()), Map.of());

    rejects("session-write", () -> observers.clients().acknowledged("c", new Name(B, 1)));
  }

  @Test
  void aWriteOfSeveralKeysThatIsShownInPartIsRejected() {
    Fact both = new Fact(new Name(A, 1), 1, Map.of("x", "1", "y", "1"));
    does(A, both);
    Map<String, Name> part = nothing("y");
    part.put("x", both.name());

    rejects("session-read", () -> observers.clients().read("c", part, Map.of()));
    rejects("snapshot", () -> observers.clients().snapshot(A, part));
    passes(() -> observers.clients().snapshot(A, Map.of("x", both.name(), "y", both.name())));
  }

  @Test
  void aForgottenDeleteExplainsAnAbsenceOnlyToWhomIsToldOfIt() {
    Map<String, String> deleted = new HashMap<>();
    deleted.put("x", null);
    does(A, A1);
    does(A, new Fact(new Name(A, 2), 2, deleted));
    observers.clients().read("c", Map.of("x", A1.name()), Map.of(A, 1L));

    rejects("session-read", () -> observers.clients().read("c", nothing("x"), Map.of(A, 1L)));
    rejects("context", () -> observers.clients().saysSeen("x", null, Map.of(A, 1L)));
    passes(() -> observers.clients().saysSeen("x", null, Map.of(A, 2L)));
    passes(() -> observers.clients().snapshot(A, nothing("x")));
    passes(() -> observers.clients().read("c", nothing("x"), Map.of(A, 2L)));
    passes(() -> observers.end().holds(A, "x", List.of()));
  }

  @Test
  void aContextThatCoversMoreThanWasShownIsRejected() {
    does(A, A1);
    does(A, A2);

    rejects("context", () -> observers.clients().saysSeen("x", A1.name(), Map.of(A, 2L)));
    rejects("context", () -> observers.clients().saysSeen("x", null, Map.of(A, 1L)));
    passes(() -> observers.clients().saysSeen("x", A2.name(), Map.of(A, 2L)));
  }

  @Test
  void aRequestThatExpiresAlthoughItsContextIsReachedIsRejected() {
    does(A, A1);

    rejects("parked", () -> observers.clients().notMet(A, Map.of(A, 1L)));
    passes(() -> observers.clients().notMet(A, Map.of(A, 2L)));
  }

  @Test
  void anAcceptedWriteThatIsDroppedIsRejected() {
    observers.clients().held(A, 1);
    observers.clients().held(A, 2);
    observers.clients().held(A, 3);
    rejects("held", () -> observers.clients().atRest(A));

    observers.clients().heldApplied(A, 1);
    observers.clients().heldExpired(A, 2);
    observers.clients().heldCancelled(A, 3);
    passes(() -> observers.clients().atRest(A));
  }

  @Test
  void whatANodeHeldEndsWithItsProcess() {
    observers.clients().held(A, 1);
    observers.clients().ended(A);
    passes(() -> observers.clients().atRest(A));
  }

  @Test
  void aCancelledWriteThatIsAppliedIsRejected() {
    observers.clients().held(A, 1);
    observers.clients().heldCancelled(A, 1);
    rejects("cancelled", () -> observers.clients().heldApplied(A, 1));
  }

  @Test
  void countingPeersThatDoNotHaveTheWriteIsRejected() {
    does(A, A1);

    rejects("acks", () -> observers.clients().acknowledgedBy(A, A1.name(), 1));
    does(B, A1);
    passes(() -> observers.clients().acknowledgedBy(A, A1.name(), 1));
  }

  @Test
  void nodesThatEndWithDifferentWritesAreRejected() {
    does(A, A1);

    rejects("convergence", () -> observers.end().settled(Set.of(A, B)));
  }

  @Test
  void anAcknowledgedWriteThatIsLostWithoutALossIsRejected() {
    does(A, A1);
    observers.clients().acknowledged("c", A1.name());

    rejects("acknowledged-lost", () -> observers.end().settled(Set.of(B)));
  }

  @Test
  void anAcknowledgedWriteMayGoWithTheLastDirectoryThatHeldIt() {
    does(A, A1);
    observers.clients().acknowledged("c", A1.name());
    observers.disks().lost(A);

    passes(() -> observers.end().settled(Set.of(B)));
  }

  @Test
  void anAcknowledgedWriteThatAnotherDirectoryHeldMustNotBeLost() {
    does(A, A1);
    does(B, A1);
    open("c.1", Map.of());
    observers.clients().acknowledged("c", A1.name());
    observers.disks().lost(A);

    rejects("acknowledged-lost", () -> observers.end().settled(Set.of("c.1")));
  }

  @Test
  void theWrongWinnerOfTwoConcurrentWritesIsRejected() {
    Fact other = fact(B, 1, 1, "x", "concurrent");
    does(A, A1);
    does(B, other);
    does(A, other);

    rejects("key-state", () -> observers.end().holds(A, "x", List.of(A1.name(), other.name())));
    rejects("key-state", () -> observers.end().holds(A, "x", List.of(other.name())));
    passes(() -> observers.end().holds(A, "x", List.of(other.name(), A1.name())));
  }

  @Test
  void aWriteWhoseCauseIsLostForGoodMayWaitForever() {
    does(A, A1);
    does(B, A1);
    does(B, B1);
    observers.disks().lost(A);
    passes(() -> require(!observers.end().waitsForever(B1.name())));
    observers.disks().lost(B);

    passes(() -> require(observers.end().waitsForever(B1.name())));
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new Verdict("test", "the condition does not hold");
    }
  }

  private void open(String replica, Map<String, Long> found) {
    observers.peers().opened(replica);
    observers.disks().opened(replica, found);
  }

  private void does(String replica, Fact write) {
    durable(replica, write);
    visible(replica, write);
  }

  private void durable(String replica, Fact write) {
    observers.disks().durable(replica, List.of(write));
  }

  private void visible(String replica, Fact write) {
    observers.disks().visible(replica, List.of(write.name()));
  }

  private void feed(String replica, Fact write, Map<String, Long> before, Map<String, Long> after) {
    observers.disks().fed(replica, write.name(), before, after);
  }

  private static Map<String, Name> nothing(String key) {
    Map<String, Name> shown = new HashMap<>();
    shown.put(key, null);
    return shown;
  }

  private static Fact fact(String origin, long sequence, long lamport, String key, String value) {
    return new Fact(new Name(origin, sequence), lamport, Map.of(key, value));
  }

  private static void rejects(String rule, ThrowingCallable behaviour) {
    assertThatExceptionOfType(Verdict.class)
        .isThrownBy(behaviour)
        .satisfies(verdict -> require(verdict.rule().equals(rule)));
  }

  private static void passes(ThrowingCallable behaviour) {
    assertThatCode(behaviour).doesNotThrowAnyException();
  }
}
