package io.causa.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CausalOrderCheckTest {
  private final Check check = new CausalOrderCheck();
  private final HandMade history = new HandMade();

  @Test
  void anEffectAfterItsCauseIsRight() {
    history
        .put("alice", "node1", "a", "1", "node1:1")
        .get("bob", "node2", "a", "1", "node1:1")
        .put("bob", "node2", "b", "2", "node2:1")
        .get("carol", "node3", "b", "2", "node2:1")
        .get("carol", "node3", "a", "1", "node1:1");
    assertThat(history.check(check)).isEmpty();
  }

  @Test
  void anEffectWithoutItsCauseIsWrong() {
    history
        .put("alice", "node1", "a", "1", "node1:1")
        .get("bob", "node2", "a", "1", "node1:1")
        .put("bob", "node2", "b", "2", "node2:1")
        .get("carol", "node3", "b", "2", "node2:1")
        .absent("carol", "node3", "a");
    assertThat(history.check(check))
        .singleElement()
        .satisfies(
            violation -> {
              assertThat(violation.earlier().client()).isEqualTo("alice");
              assertThat(violation.later().client()).isEqualTo("carol");
              assertThat(violation.text()).contains("carol at node3 read a absent");
            });
  }

  @Test
  void anEffectBesideAnOverwrittenCauseIsWrong() {
    history
        .initially("a", "0", "node1:7")
        .put("alice", "node1", "a", "1", "node1:8")
        .get("bob", "node2", "a", "1", "node1:8")
        .put("bob", "node2", "b", "2", "node2:1")
        .get("carol", "node3", "b", "2", "node2:1")
        .get("carol", "node3", "a", "0", "node1:7");
    assertThat(history.check(check)).hasSize(1);
  }

  @Test
  void anOldVersionBeforeTheEffectIsSeenIsRight() {
    history
        .initially("a", "0", "node1:7")
        .put("alice", "node1", "a", "1", "node1:8")
        .get("bob", "node2", "a", "1", "node1:8")
        .put("bob", "node2", "b", "2", "node2:1")
        .get("carol", "node3", "a", "0", "node1:7")
        .get("carol", "node3", "b", "2", "node2:1");
    assertThat(history.check(check)).isEmpty();
  }

  @Test
  void aConcurrentVersionIsRight() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .put("bob", "node2", "x", "2", "node2:1")
        .get("alice", "node1", "x", "2", "node2:1")
        .get("bob", "node2", "x", "2", "node2:1");
    assertThat(history.check(check)).isEmpty();
  }

  @Test
  void aContextHandedOverBindsTheNextClient() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .answering("token-1")
        .absent("bob", "node2", "x")
        .carrying("token-1");
    assertThat(history.check(check)).hasSize(1);
  }

  @Test
  void anUnknownContextBindsNobody() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .answering("token-1")
        .absent("bob", "node2", "x")
        .carrying("token-0");
    assertThat(history.check(check)).isEmpty();
  }

  @Test
  void aDeleteInThePastExplainsAnAbsence() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .delete("alice", "node1", "x", "node1:2")
        .absent("alice", "node2", "x");
    assertThat(history.check(check)).isEmpty();
  }

  @Test
  void aConcurrentDeleteExplainsAnAbsence() {
    history
        .delete("bob", "node2", "x", "node2:1")
        .put("alice", "node1", "x", "1", "node1:1")
        .absent("alice", "node1", "x");
    assertThat(history.check(check)).isEmpty();
  }

  @Test
  void aDeleteBeforeThePutDoesNotExplainAnAbsence() {
    history
        .delete("alice", "node1", "x", "node1:1")
        .put("alice", "node1", "x", "1", "node1:2")
        .absent("alice", "node1", "x");
    assertThat(history.check(check)).hasSize(1);
  }

  @Test
  void aDeletedKeyThatComesBackIsWrong() {
    history
        .put("alice", "node1", "x", "1", "node1:1")
        .delete("alice", "node1", "x", "node1:2")
        .get("alice", "node2", "x", "1", "node1:1");
    assertThat(history.check(check)).hasSize(1);
  }

  @Test
  void aWriteWithoutAnAnswerOwesNothingToItsClient() {
    history.putUnanswered("alice", "node1", "x", "1").absent("alice", "node2", "x");
    assertThat(history.check(check)).isEmpty();
  }

  @Test
  void aWriteWithoutAnAnswerThatWasReadBindsItsReader() {
    history
        .initially("x", "0", "node1:1")
        .putUnanswered("alice", "node1", "x", "1")
        .get("bob", "node2", "x", "1", "node1:2")
        .get("bob", "node3", "x", "0", "node1:1");
    assertThat(history.check(check)).hasSize(1);
  }

  @Test
  void aValueThatNobodyWroteIsWrong() {
    history.get("bob", "node2", "x", "1", "node1:2");
    assertThat(history.check(check)).singleElement().asString().contains("nobody wrote");
  }

  @Test
  void oneUnansweredWriteSeenUnderTwoVersionsIsWrong() {
    history
        .putUnanswered("alice", "node1", "x", "1")
        .get("bob", "node2", "x", "1", "node1:1")
        .get("bob", "node2", "x", "1", "node1:2");
    assertThat(history.check(check)).singleElement().asString().contains("nobody wrote");
  }

  @Test
  void anUnansweredWriteThatBeganLaterCannotBeWhatWasRead() {
    history
        .initially("x", "0", "node1:1")
        .putUnanswered("eve", "node1", "x", "1")
        .get("bob", "node2", "x", "1", "node1:2")
        .putUnanswered("fred", "node1", "x", "1")
        .get("bob", "node2", "x", "0", "node1:1");
    assertThat(history.check(check)).hasSize(1);
  }

  @Test
  void aReadBeforeItsUnansweredWriteIsWrong() {
    history.get("bob", "node2", "x", "1", "node1:1").putUnanswered("alice", "node1", "x", "1");
    assertThat(history.check(check)).singleElement().asString().contains("only later");
  }

  @Test
  void aReadBeforeItsWriteIsWrong() {
    history.get("bob", "node2", "x", "1", "node1:1").put("alice", "node1", "x", "1", "node1:1");
    assertThat(history.check(check)).singleElement().asString().contains("only later");
  }

  @Test
  void halfABatchInOneSnapshotIsWrong() {
    history
        .initially("a", "0", "node1:1")
        .batch("alice", "node1", new Access("a", "1", "node1:2"), new Access("b", "1", "node1:2"))
        .snapshot("bob", "node2", new Access("a", "0", "node1:1"), new Access("b", "1", "node1:2"));
    assertThat(history.check(check)).hasSize(1);
  }

  @Test
  void aSnapshotBeforeTheBatchIsRight() {
    history
        .initially("a", "0", "node1:1")
        .batch("alice", "node1", new Access("a", "1", "node1:2"), new Access("b", "1", "node1:2"))
        .snapshot("bob", "node2", new Access("a", "0", "node1:1"), new Access("b", null, null));
    assertThat(history.check(check)).isEmpty();
  }

  @Test
  void causesThatRunInACircleAreWrong() {
    Access x = new Access("x", "1", "node1:1");
    Access y = new Access("y", "1", "node2:1");
    List<HistoryEvent> circle =
        List.of(
            event("alice", Operation.GET, y, 0, 20),
            event("alice", Operation.PUT, x, 21, 50),
            event("bob", Operation.GET, x, 0, 22),
            event("bob", Operation.PUT, y, 22, 50));
    // Each read ends after the other's write began only for bob; alice's is moved so that time
    // alone does not tell.
    List<HistoryEvent> overlapping =
        List.of(
            event("alice", Operation.GET, y, 0, 30),
            event("alice", Operation.PUT, x, 30, 50),
            event("bob", Operation.GET, x, 0, 30),
            event("bob", Operation.PUT, y, 30, 50));
    assertThat(check.check(new Causality(circle))).isNotEmpty();
    assertThat(check.check(new Causality(overlapping))).asString().contains("circle");
  }

  @Test
  void twoRequestsOfOneClientAtOnceAreNoSession() {
    Access x = new Access("x", "1", "node1:1");
    List<HistoryEvent> events =
        List.of(event("alice", Operation.PUT, x, 0, 20), event("alice", Operation.GET, x, 10, 30));
    assertThatThrownBy(() -> new Causality(events))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("one session");
  }

  private static HistoryEvent event(
      String client, Operation operation, Access access, long start, long end) {
    return new HistoryEvent(
        client, "node1", operation, List.of(access), null, null, start, end, Outcome.OK);
  }
}
