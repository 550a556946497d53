package io.causa.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Wins of all keys, and what happened before what, are one order. */
class OneWinnerCheckTest {
  private final HandMade history = new HandMade();

  @Test
  void winsOfTwoKeysThatCausalityTiesIntoACircleAreWrong() {
    crossed()
        .get("carol", "node3", "x", "1", "node1:2")
        .get("carol", "node3", "x", "2", "node2:1")
        .get("dave", "node4", "y", "1", "node2:2")
        .get("dave", "node4", "y", "2", "node1:1");
    assertThat(HistoryChecks.check(history.events()))
        .singleElement()
        .satisfies(violation -> assertThat(violation.rule()).isEqualTo("one-winner"));
  }

  @Test
  void winsOfTwoKeysThatFitIntoOneOrderAreRight() {
    crossed()
        .get("carol", "node3", "x", "2", "node2:1")
        .get("carol", "node3", "x", "1", "node1:2")
        .get("dave", "node4", "y", "1", "node2:2")
        .get("dave", "node4", "y", "2", "node1:1");
    assertThat(violations()).isEmpty();
  }

  /** Both clients write both keys, in opposite orders. */
  private HandMade crossed() {
    return history
        .put("alice", "node1", "y", "2", "node1:1")
        .put("alice", "node1", "x", "1", "node1:2")
        .put("bob", "node2", "x", "2", "node2:1")
        .put("bob", "node2", "y", "1", "node2:2");
  }

  @Test
  void theViolationTellsTheCircleInItsOrder() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .answering("token-1")
        .put("bob", "node2", "x", "2", "node2:1")
        .put("erin", "node1", "y", "3", "node1:2")
        .carrying("token-1")
        .get("fred", "node4", "x", "2", "node2:1")
        .put("fred", "node4", "y", "4", "node4:1")
        .get("carol", "node3", "x", "2", "node2:1")
        .get("carol", "node3", "x", "1", "node1:1")
        .get("dave", "node5", "y", "3", "node1:2")
        .get("dave", "node5", "y", "4", "node4:1")
        .get("gina", "node6", "y", "4", "node4:1")
        .get("gina", "node6", "y", "3", "node1:2");
    String text = violations().get(0).text();
    assertThat(text).contains("lost to the next, where both were: [gina at node6: get y=3");
    assertThat(text.lines().map(String::strip).map(line -> line.split(",")[0]))
        .containsExactly(
            "no order of the writes fits",
            "erin at node1: put y=3 node1:2",
            "lost to the next",
            "fred at node4: put y=4 node4:1",
            "lost to the next",
            "erin at node1: put y=3 node1:2",
            "The first and the last read that say which version won:");
  }

  @Test
  void theStepsOfTheCircleAreTold() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .answering("token-1")
        .put("bob", "node2", "y", "2", "node2:1")
        .put("erin", "node1", "y", "3", "node1:2")
        .carrying("token-1")
        .get("fred", "node4", "y", "2", "node2:1")
        .put("fred", "node4", "x", "4", "node4:1")
        .get("carol", "node3", "x", "4", "node4:1")
        .get("carol", "node3", "x", "1", "node1:1")
        .get("dave", "node5", "y", "3", "node1:2")
        .get("dave", "node5", "y", "2", "node2:1");
    assertThat(violations().get(0).text())
        .containsSubsequence(
            "alice at node1: put x=1",
            "handed its context to the next:",
            "erin at node1: put y=3",
            "lost to the next, where both were: [dave at node5: get y=2",
            "bob at node2: put y=2",
            "was read by the next:",
            "fred at node4: get y=2",
            "and then the same client:",
            "fred at node4: put x=4",
            "lost to the next, where both were: [carol at node3: get x=1",
            "alice at node1: put x=1");
  }

  @Test
  void strangersAtOneNodeSeeTheSameWinner() {
    concurrent()
        .get("s1", "node3", "x", "1", "node1:1")
        .get("s2", "node3", "x", "2", "node2:1")
        .get("s3", "node4", "x", "2", "node2:1")
        .get("s4", "node4", "x", "1", "node1:1");
    assertThat(violations()).hasSize(1);
  }

  @Test
  void aNodeThatLostItsMemoryMayShowTheLoserAgain() {
    concurrent()
        .get("s1", "node3", "x", "1", "node1:1")
        .get("s2", "node3", "x", "2", "node2:1")
        .get("s3", "node4", "x", "2", "node2:1")
        .get("s4", "node4#2", "x", "1", "node1:1");
    assertThat(violations()).isEmpty();
  }

  @Test
  void readsAtTheSameTimeSayNothingAboutTheWinner() {
    concurrent()
        .get("s1", "node3", "x", "1", "node1:1")
        .get("s2", "node3", "x", "2", "node2:1")
        .get("s3", "node4", "x", "2", "node2:1")
        .lasting(1000)
        .get("s4", "node4", "x", "1", "node1:1");
    assertThat(violations()).isEmpty();
  }

  @Test
  void whatANodeAcknowledgedItAlsoHas() {
    concurrent().get("s1", "node2", "x", "1", "node1:1").get("s2", "node1", "x", "2", "node2:1");
    assertThat(violations()).hasSize(1);
  }

  @Test
  void theWinnerAtTheEndWonBefore() {
    shownToCarol().finalRead("node1", "z", null, null).finalRead("node4", "x", "2", "node2:1");
    assertThat(violations()).hasSize(1);
  }

  @Test
  void theWinnerAtTheEndSaysNothingAboutWhatMayBeLost() {
    shownToCarol().finalRead("node1#2", "z", null, null).finalRead("node4", "x", "2", "node2:1");
    assertThat(violations()).isEmpty();
  }

  private HandMade shownToCarol() {
    return concurrent()
        .get("carol", "node3", "x", "2", "node2:1")
        .get("carol", "node3", "x", "1", "node1:1");
  }

  private HandMade concurrent() {
    return history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("bob", "node2", "x", "2", "node2:1");
  }

  @Test
  void aDeleteWinsOrLosesForAll() {
    deleted("node2:1")
        .get("dave", "node4", "x", null, "node2:1")
        .get("dave", "node4", "x", "1", "node1:1");
    assertThat(violations()).hasSize(1);
  }

  @Test
  void aDeleteThatWonIsRight() {
    deleted("node2:1")
        .get("dave", "node4", "x", "1", "node1:1")
        .get("dave", "node4", "x", null, "node2:1");
    assertThat(violations()).isEmpty();
  }

  @Test
  void theOnlyDeleteThatExplainsAnAbsenceWonToo() {
    deleted(null)
        .get("dave", "node4", "x", null, "node2:1")
        .get("dave", "node4", "x", "1", "node1:1");
    assertThat(violations()).hasSize(1);
  }

  @Test
  void anAbsenceWithTwoReasonsSaysNothing() {
    history.delete("erin", "node5", "x", "node5:1");
    deleted(null)
        .get("dave", "node4", "x", null, "node2:1")
        .get("dave", "node4", "x", "1", "node1:1");
    assertThat(violations()).isEmpty();
  }

  /** Carol sees a put, and then that it lost to a delete. */
  private HandMade deleted(String versionShown) {
    return history
        .put("alice", "node1", "x", "1", "node1:1")
        .delete("bob", "node2", "x", "node2:1")
        .get("carol", "node3", "x", "1", "node1:1")
        .get("carol", "node3", "x", null, versionShown);
  }

  @Test
  void aBatchWinsOrLosesAsAWhole() {
    batches().get("dave", "node4", "y", "2", "node2:1").get("dave", "node4", "y", "1", "node1:1");
    assertThat(violations()).hasSize(1);
  }

  @Test
  void aBatchThatWinsForAllItsKeysIsRight() {
    batches().get("dave", "node4", "y", "1", "node1:1").get("dave", "node4", "y", "2", "node2:1");
    assertThat(violations()).isEmpty();
  }

  /** Carol sees the second batch win for one of its keys. */
  private HandMade batches() {
    return history
        .batch("alice", "node1", new Access("x", "1", "node1:1"), new Access("y", "1", "node1:1"))
        .batch("bob", "node2", new Access("x", "2", "node2:1"), new Access("y", "2", "node2:1"))
        .get("carol", "node3", "x", "1", "node1:1")
        .get("carol", "node3", "x", "2", "node2:1");
  }

  @Test
  void theStateBeforeTheFirstRequestLosesToAll() {
    history
        .initially("x", "0", "node1:1")
        .initially("y", "0", "node1:2")
        .put("alice", "node1", "x", "1", "node1:3")
        .get("bob", "node2", "x", "0", "node1:1")
        .get("bob", "node2", "x", "1", "node1:3");
    assertThat(violations()).isEmpty();
  }

  private List<Violation> violations() {
    return history.check(new OneWinnerCheck());
  }
}
