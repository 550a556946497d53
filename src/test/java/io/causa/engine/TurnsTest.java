package io.causa.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.engine.port.LoopName;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a turn is: take what has come, work on it, act once. */
class TurnsTest {

  private final ManualHost host = new ManualHost();
  private final ManualLoop loop = host.loop(LoopName.FEED);
  private final List<String> seen = new ArrayList<>();
  private final Turns turns = new Turns(host, LoopName.FEED, TurnLimits.USUAL, this::act);
  private final Mailbox first = turns.mailbox("store");
  private Runnable inAct = () -> {};

  private void act() {
    seen.add("act");
    Runnable once = inAct;
    inAct = () -> {};
    once.run();
  }

  @Test
  void theFirstInputWakesTheLoopAndWhatComesBeforeTheTurnSharesIt() {
    Mailbox second = turns.mailbox("disk");
    turns.open(loop);
    first.offer(() -> seen.add("a"));
    second.offer(() -> seen.add("b"));
    first.offer(() -> seen.add("c"));
    assertThat(loop.waiting()).isEqualTo(1);

    loop.runNext();

    assertThat(seen).containsExactly("a", "c", "b", "act");
    assertThat(loop.waiting()).as("an idle loop does nothing").isZero();
  }

  @Test
  void theNextInputAfterATurnWakesTheLoopAgain() {
    turns.open(loop);
    first.offer(() -> seen.add("a"));
    loop.runAll();
    first.offer(() -> seen.add("b"));
    loop.runAll();

    assertThat(seen).containsExactly("a", "act", "b", "act");
  }

  @Test
  void whatComesDuringTheActGetsATurnOfItsOwn() {
    turns.open(loop);
    inAct = () -> first.offer(() -> seen.add("b"));
    first.offer(() -> seen.add("a"));
    loop.runAll();

    assertThat(seen).containsExactly("a", "act", "b", "act");
  }

  @Test
  void aTurnTakesNoMoreInputsThanItsMostAndThenPostsItself() {
    turns.open(loop);
    offer(first, "a", TurnLimits.USUAL.inputs() + 1);

    loop.runNext();
    assertThat(seen).hasSize(TurnLimits.USUAL.inputs() + 1).endsWith("a", "act");
    assertThat(loop.waiting()).isEqualTo(1);

    loop.runNext();
    assertThat(seen).hasSize(TurnLimits.USUAL.inputs() + 3).endsWith("act", "a", "act");
    assertThat(loop.waiting()).isZero();
  }

  @Test
  void aTurnTakesItsMostOfEachMailbox() {
    Mailbox second = turns.mailbox("disk");
    turns.open(loop);
    offer(first, "a", TurnLimits.USUAL.inputs() + 1);
    offer(second, "b", 3);

    loop.runNext();

    assertThat(seen).hasSize(TurnLimits.USUAL.inputs() + 3 + 1);
    assertThat(seen).filteredOn("a"::equals).hasSize(TurnLimits.USUAL.inputs());
    assertThat(seen).filteredOn("b"::equals).hasSize(3);
  }

  @Test
  void aTurnTakesNothingMoreOfAMailboxAfterItsMostBytes() {
    turns.open(loop);
    first.offer(TurnLimits.USUAL.bytes() - 1, () -> seen.add("a"));
    first.offer(2, () -> seen.add("b"));
    first.offer(1, () -> seen.add("c"));

    loop.runNext();
    assertThat(seen).containsExactly("a", "b", "act");

    loop.runNext();
    assertThat(seen).containsExactly("a", "b", "act", "c", "act");
  }

  @Test
  void anInputLargerThanTheMostBytesIsTakenAlone() {
    turns.open(loop);
    first.offer(10 * TurnLimits.USUAL.bytes(), () -> seen.add("a"));
    first.offer(() -> seen.add("b"));

    loop.runAll();

    assertThat(seen).containsExactly("a", "act", "b", "act");
  }

  @Test
  void whatComesBeforeTheLoopOpensWaitsAndIsTakenThen() {
    first.offer(() -> seen.add("a"));
    first.offer(() -> seen.add("b"));
    assertThat(loop.waiting()).isZero();

    turns.open(loop);
    loop.runAll();

    assertThat(seen).containsExactly("a", "b", "act");
  }

  @Test
  void aLoopThatOpensWithNothingToDoTakesNoTurn() {
    turns.open(loop);

    assertThat(loop.waiting()).isZero();
  }

  @Test
  void nothingRunsOnceTheLoopIsClosed() {
    turns.open(loop);
    turns.after(5, () -> seen.add("timer"));
    first.offer(() -> seen.add("a"));
    turns.close();
    first.offer(() -> seen.add("b"));

    loop.pass(10);

    assertThat(seen).isEmpty();
  }

  @Test
  void nothingRunsOnALoopThatWasClosedBeforeItOpened() {
    first.offer(() -> seen.add("a"));
    turns.close();

    assertThat(turns.open(loop)).isFalse();

    loop.pass(10);
    assertThat(seen).isEmpty();
  }

  @Test
  void aLoopWhoseInputThrowsDoesNothingMore() {
    turns.open(loop);
    turns.after(5, () -> seen.add("timer"));
    first.offer(
        () -> {
          throw new IllegalStateException("an invariant broke");
        });
    first.offer(() -> seen.add("b"));

    assertThatThrownBy(loop::runAll).hasMessage("an invariant broke");
    first.offer(() -> seen.add("c"));
    loop.pass(10);

    assertThat(seen).isEmpty();
  }

  @Test
  void aLoopWhoseActThrowsDoesNothingMore() {
    turns.open(loop);
    inAct =
        () -> {
          throw new IllegalStateException("an invariant broke");
        };
    first.offer(() -> seen.add("a"));

    assertThatThrownBy(loop::runAll).hasMessage("an invariant broke");
    first.offer(() -> seen.add("b"));
    loop.pass(10);

    assertThat(seen).containsExactly("a", "act");
  }

  @Test
  void againLetsOneMoreTurnFollowWithoutAnInput() {
    turns.open(loop);
    inAct = turns::again;
    first.offer(() -> seen.add("a"));

    loop.runNext();
    assertThat(loop.waiting()).isEqualTo(1);
    loop.runAll();

    assertThat(seen).containsExactly("a", "act", "act");
  }

  @Test
  void aTimerIsATurnOfItsOwn() {
    turns.open(loop);
    turns.after(5, () -> seen.add("timer"));
    inAct = turns::again;

    loop.pass(4);
    assertThat(seen).isEmpty();
    loop.pass(1);

    assertThat(seen).containsExactly("timer", "act", "act");
  }

  private void offer(Mailbox mailbox, String name, int times) {
    for (int i = 0; i < times; i++) {
      mailbox.offer(() -> seen.add(name));
    }
  }
}
