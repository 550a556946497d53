package io.causa.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class OtherChecksTest {
  private final HandMade history = new HandMade();

  @Test
  void aNodeThatShowedAnEffectToOneShowsItsCauseToAll() {
    history
        .put("alice", "node1", "a", "1", "node1:1")
        .get("bob", "node2", "a", "1", "node1:1")
        .put("bob", "node2", "b", "2", "node2:1")
        .get("carol", "node3", "b", "2", "node2:1")
        .absent("dave", "node3", "a");
    assertThat(history.check(new CausalOrderCheck())).isEmpty();
    assertThat(history.check(new NodeOrderCheck()))
        .singleElement()
        .asString()
        .contains("node3 showed a absent");
  }

  @Test
  void anotherNodeMayStillLackTheCause() {
    history
        .put("alice", "node1", "a", "1", "node1:1")
        .get("bob", "node2", "a", "1", "node1:1")
        .absent("dave", "node3", "a");
    assertThat(history.check(new NodeOrderCheck())).isEmpty();
  }

  @Test
  void aReadUnderWayWhileTheEffectIsShownOwesNothing() {
    Access a = new Access("a", "1", "node1:1");
    List<HistoryEvent> events =
        List.of(
            event("alice", "node1", Operation.PUT, a, 0, 1),
            event("bob", "node3", Operation.GET, a, 2, 10),
            event("carol", "node3", Operation.GET, new Access("a", null, null), 9, 20));
    assertThat(new NodeOrderCheck().check(new Causality(events))).isEmpty();
  }

  @Test
  void aSessionThatReadsItsWritesIsRight() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .get("alice", "node2", "x", "1", "node1:1")
        .put("alice", "node2", "x", "2", "node2:1")
        .get("alice", "node3", "x", "2", "node2:1");
    assertThat(history.check(new SessionCheck())).isEmpty();
  }

  @Test
  void aWriteThatItsClientDoesNotReadIsWrong() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("alice", "node1", "x", "2", "node1:2")
        .get("alice", "node2", "x", "1", "node1:1");
    assertThat(rulesOf(new SessionCheck())).contains("read-your-writes");
  }

  @Test
  void aReadThatGoesBackIsWrong() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("alice", "node1", "x", "2", "node1:2")
        .get("bob", "node1", "x", "2", "node1:2")
        .get("bob", "node2", "x", "1", "node1:1");
    assertThat(rulesOf(new SessionCheck())).contains("monotonic-reads");
  }

  @Test
  void aLaterWriteWithoutTheEarlierOneIsWrong() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("alice", "node2", "y", "2", "node2:1")
        .get("bob", "node3", "y", "2", "node2:1")
        .absent("bob", "node3", "x");
    assertThat(rulesOf(new SessionCheck())).containsExactly("monotonic-writes");
  }

  @Test
  void aWriteWithoutWhatItsClientHadReadIsWrong() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .get("bob", "node2", "x", "1", "node1:1")
        .put("bob", "node2", "y", "2", "node2:1")
        .get("carol", "node3", "y", "2", "node2:1")
        .absent("carol", "node3", "x");
    assertThat(rulesOf(new SessionCheck())).containsExactly("writes-follow-reads");
  }

  @Test
  void concurrentVersionsInOneOrderForAllAreRight() {
    concurrentVersions()
        .get("carol", "node3", "x", "1", "node1:1")
        .get("carol", "node3", "x", "2", "node2:1")
        .get("dave", "node1", "x", "1", "node1:1")
        .get("dave", "node1", "x", "2", "node2:1");
    assertThat(history.check(new OneWinnerCheck())).isEmpty();
  }

  @Test
  void concurrentVersionsInTwoOrdersAreWrong() {
    concurrentVersions()
        .get("carol", "node3", "x", "1", "node1:1")
        .get("carol", "node3", "x", "2", "node2:1")
        .get("dave", "node1", "x", "2", "node2:1")
        .get("dave", "node1", "x", "1", "node1:1");
    assertThat(history.check(new OneWinnerCheck()))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.earlier().client()).isIn("carol", "dave");
              assertThat(violation.later().client()).isIn("carol", "dave");
              assertThat(violation.later().client()).isNotEqualTo(violation.earlier().client());
            });
    assertThat(history.check(new CausalOrderCheck())).isEmpty();
  }

  private HandMade concurrentVersions() {
    return history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("bob", "node2", "x", "2", "node2:1");
  }

  @Test
  void nodesThatEndWithTheSameVersionsHaveConverged() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .finalRead("node1", "x", "1", "node1:1")
        .finalRead("node2", "x", "1", "node1:1");
    assertThat(history.check(new ConvergenceCheck())).isEmpty();
  }

  @Test
  void theSameValueInAnotherVersionHasNotConverged() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("bob", "node2", "x", "1", "node2:1")
        .finalRead("node1", "x", "1", "node1:1")
        .finalRead("node2", "x", "1", "node2:1");
    assertThat(history.check(new ConvergenceCheck()))
        .singleElement()
        .asString()
        .contains("node1 ends with x=1 node1:1 and node2 with x=1 node2:1");
  }

  @Test
  void aNodeThatWasNotAskedAtTheEndIsMissed() {
    history
        .finalRead("node1", "x", "1", "node1:1")
        .finalRead("node1", "y", "1", "node1:2")
        .finalRead("node2", "x", "1", "node1:1");
    assertThat(history.check(new ConvergenceCheck()))
        .singleElement()
        .asString()
        .contains("node2 was not asked for y");
  }

  @Test
  void anAcknowledgedWriteThatIsNowhereAtTheEndIsLost() {
    history.put("alice", "node1", "x", "1", "node1:1").finalRead("node1", "x", null, null);
    assertThat(history.check(new ConvergenceCheck())).isEmpty();
    assertThat(rulesOf(new NoLostWriteCheck())).containsExactly("no-lost-write");
  }

  @Test
  void anAcknowledgedWriteUnderItsPredecessorIsLost() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("alice", "node1", "x", "2", "node1:2")
        .finalRead("node1", "x", "1", "node1:1");
    assertThat(rulesOf(new NoLostWriteCheck())).containsExactly("no-lost-write");
  }

  @Test
  void aWriteThatWasOverwrittenOrDeletedIsNotLost() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("alice", "node1", "x", "2", "node1:2")
        .put("alice", "node1", "y", "1", "node1:3")
        .delete("bob", "node2", "y", "node2:1")
        .putUnanswered("bob", "node2", "z", "1")
        .finalRead("node1", "x", "2", "node1:2")
        .finalRead("node1", "y", null, null)
        .finalRead("node1", "z", null, null);
    assertThat(history.check(new NoLostWriteCheck())).isEmpty();
  }

  @Test
  void whatASurvivorAcknowledgedIsKept() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("bob", "node2", "y", "1", "node2:1")
        .finalRead("node2", "x", null, null)
        .finalRead("node2", "y", null, null);
    assertThat(history.check(KeptWrites.bySurvivors()))
        .singleElement()
        .asString()
        .contains("y absent");
  }

  @Test
  void whatASurvivorShowedIsKeptWithWhatCameBefore() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("alice", "node1", "y", "1", "node1:2")
        .get("bob", "node2", "y", "1", "node1:2")
        .finalRead("node2", "x", null, null)
        .finalRead("node2", "y", "1", "node1:2");
    assertThat(history.check(KeptWrites.bySurvivors()))
        .singleElement()
        .asString()
        .contains("x absent");
  }

  @Test
  void aWriteThatOneNodeHadBeforeItLostItsMemoryMayBeGone() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .get("alice", "node1", "x", "1", "node1:1")
        .finalRead("node1#2", "x", null, null)
        .finalRead("node2", "x", null, null);
    assertThat(history.check(KeptWrites.bySurvivors())).isEmpty();
    assertThat(history.check(KeptWrites.byTwo())).isEmpty();
    assertThat(rulesOf(new NoLostWriteCheck())).containsOnly("no-lost-write");
  }

  @Test
  void whatTwoNodesHadAtOneTimeIsKept() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .get("bob", "node2", "x", "1", "node1:1")
        .absent("alice", "node1", "other")
        .absent("bob", "node2", "other")
        .finalRead("node1#2", "x", null, null)
        .finalRead("node2#2", "x", null, null);
    assertThat(rulesOf(KeptWrites.byTwo())).containsOnly("kept-by-two");
  }

  @Test
  void whatTwoNodesHadOneAfterTheOtherMayBeGone() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .get("bob", "node2", "x", "1", "node1:1")
        .absent("bob", "node2", "other")
        .finalRead("node1#2", "x", null, null)
        .finalRead("node2#2", "x", null, null);
    assertThat(history.check(KeptWrites.byTwo())).isEmpty();
  }

  @Test
  void aWriteThatAnotherNodeAcknowledgedTooIsKept() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .acknowledgedBy(1)
        .finalRead("node1#2", "x", null, null);
    assertThat(rulesOf(KeptWrites.byTwo())).containsExactly("kept-by-two");
  }

  @Test
  void anAbsenceIsRightIfALaterDeleteOfTheSameClientExplainsIt() {
    history
        .delete("bob", "node2", "x", "node2:1")
        .get("alice", "node1", "x", null, "node2:1")
        .put("alice", "node1", "x", "1", "node1:1")
        .put("alice", "node1", "y", "1", "node1:2")
        .delete("bob", "node2", "x", "node2:2")
        .get("carol", "node1", "y", "1", "node1:2")
        .absent("carol", "node1", "x");
    assertThat(history.check(new SessionCheck())).isEmpty();
  }

  @Test
  void oneVersionForTwoWritesIsWrong() {
    history.put("alice", "node1", "x", "1", "node1:1").put("bob", "node1", "y", "2", "node1:1");
    assertThat(rulesOf(new UniqueVersionsCheck())).containsExactly("unique-versions");
  }

  @Test
  void oneVersionWithTwoValuesIsWrong() {
    history.put("alice", "node1", "x", "1", "node1:1").get("bob", "node2", "x", "2", "node1:1");
    assertThat(rulesOf(new UniqueVersionsCheck())).containsExactly("unique-versions");
  }

  @Test
  void oneVersionForABatchIsRight() {
    history.batch(
        "alice", "node1", new Access("a", "1", "node1:2"), new Access("b", "2", "node1:2"));
    assertThat(history.check(new UniqueVersionsCheck())).isEmpty();
  }

  private List<String> rulesOf(Check check) {
    return history.check(check).stream().map(Violation::rule).toList();
  }

  private static HistoryEvent event(
      String client, String node, Operation operation, Access access, long start, long end) {
    Outcome outcome = access.value() == null ? Outcome.ABSENT : Outcome.OK;
    return new HistoryEvent(
        client, node, operation, List.of(access), null, null, start, end, outcome);
  }
}
