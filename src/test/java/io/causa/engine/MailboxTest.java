package io.causa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.engine.port.LoopName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one neighbour hands to a loop: first in, first out, and of a slot the latest only. */
class MailboxTest {

  private final ManualHost host = new ManualHost();
  private final ManualLoop loop = host.loop(LoopName.STORE);
  private final Turns turns = new Turns(host, LoopName.STORE, TurnLimits.USUAL, () -> {});
  private final Mailbox mailbox = turns.mailbox("edge");
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void open() {
    turns.open(loop);
  }

  @Test
  void whatIsOfferedFirstIsTakenFirst() {
    for (String each : List.of("a", "b", "c")) {
      mailbox.offer(() -> seen.add(each));
    }
    loop.runAll();

    assertThat(seen).containsExactly("a", "b", "c");
    assertThat(mailbox.isEmpty()).isTrue();
  }

  @Test
  void aSlotKeepsItsPlaceAndTheLatestValue() {
    Mailbox.Slot<String> slot = mailbox.slot(seen::add);
    mailbox.offer(() -> seen.add("a"));
    slot.offer("old");
    mailbox.offer(() -> seen.add("b"));
    slot.offer("new");
    loop.runAll();

    assertThat(seen).containsExactly("a", "new", "b");
  }

  @Test
  void aValueThatComesAfterTheOneBeforeWasTakenHasAPlaceOfItsOwn() {
    Mailbox.Slot<String> slot = mailbox.slot(seen::add);
    slot.offer("first");
    loop.runAll();
    mailbox.offer(() -> seen.add("a"));
    slot.offer("second");
    loop.runAll();

    assertThat(seen).containsExactly("first", "a", "second");
  }

  @Test
  void aValueThatIsOfferedWhileTheOneBeforeIsTakenIsNotLost() {
    List<Mailbox.Slot<String>> slots = new ArrayList<>();
    slots.add(
        mailbox.slot(
            value -> {
              if (seen.isEmpty()) {
                slots.get(0).offer("second");
              }
              seen.add(value);
            }));
    slots.get(0).offer("first");
    loop.runAll();

    assertThat(seen).containsExactly("first", "second");
  }

  @Test
  void twoSlotsOfOneMailboxKeepOneValueEach() {
    Mailbox.Slot<String> one = mailbox.slot(seen::add);
    Mailbox.Slot<String> other = mailbox.slot(seen::add);
    one.offer("one");
    other.offer("old");
    other.offer("other");
    loop.runAll();

    assertThat(seen).containsExactly("one", "other");
  }

  @Test
  void whatIsStillOnItsWayWakesNobody() {
    Queue<Runnable> way = new ArrayDeque<>();
    Mailbox far = new Mailbox(way::add, turns);
    Mailbox.Slot<String> slot = far.slot(seen::add);
    far.offer(() -> seen.add("a"));
    slot.offer("b");
    assertThat(far.isEmpty()).isTrue();
    assertThat(loop.waiting()).isZero();

    way.forEach(Runnable::run);

    assertThat(loop.waiting()).isEqualTo(1);
    far.take(new TurnLimits(2, 0));
    assertThat(seen).containsExactly("a", "b");
  }
}
