package io.causa.replication;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.replication.Action.Acked;
import org.junit.jupiter.api.Test;

class AckWaitsTest {

  private final AckWaits waits = new AckWaits();

  @Test
  void whatEnoughPeersHaveIsAnsweredAtOnce() {
    assertThat(waits.await(1, 5, 2, 1000, sequence -> 2)).containsExactly(new Acked(1, 2));
  }

  @Test
  void aWaitIsAnsweredWhenEnoughPeersHaveTheWriteAndOnlyOnce() {
    assertThat(waits.await(1, 5, 2, 1000, sequence -> 0)).isEmpty();
    assertThat(waits.reached(5, sequence -> 1)).isEmpty();
    assertThat(waits.reached(6, sequence -> 2)).containsExactly(new Acked(1, 2));
    assertThat(waits.reached(6, sequence -> 2)).isEmpty();
  }

  @Test
  void aPeerThatHasEarlierWritesOnlyAnswersNothingLater() {
    waits.await(1, 5, 1, 1000, sequence -> 0);
    waits.await(2, 7, 1, 1000, sequence -> 0);

    assertThat(waits.reached(5, sequence -> sequence <= 5 ? 1 : 0))
        .containsExactly(new Acked(1, 1));
  }

  @Test
  void whenTheTimeIsUpTheAnswerIsHowManyHaveIt() {
    waits.await(1, 5, 3, 1000, sequence -> 0);
    waits.await(2, 5, 3, 2000, sequence -> 0);

    assertThat(waits.expire(999, sequence -> 1)).isEmpty();
    assertThat(waits.expire(1000, sequence -> 1)).containsExactly(new Acked(1, 1));
    assertThat(waits.expire(2000, sequence -> 2)).containsExactly(new Acked(2, 2));
  }

  @Test
  void oneMoreThanMayWaitIsAnsweredWithWhatIsKnown() {
    for (int ticket = 0; ticket < AckWaits.MAX_WAITS; ticket++) {
      assertThat(waits.await(ticket, ticket + 1, 1, 1000, sequence -> 0)).isEmpty();
    }

    assertThat(waits.await(-1, 1, 1, 1000, sequence -> 0)).containsExactly(new Acked(-1, 0));
  }
}
