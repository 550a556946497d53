package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What may be under way on the bus when it takes nothing, as while a member stands still. */
class FeedBudgetTest {
  private static final long LIMIT = 1 << 20;

  private final FeedBudget budget = new FeedBudget(LIMIT);

  @Test
  void smallWritesCountWithTheObjectsOfTheirEvents() {
    long small = FeedBudget.bytesOf(write(1));

    int taken = 0;
    while (budget.take(small)) {
      taken++;
    }

    assertThat(taken).isEqualTo((int) (LIMIT / small)).isLessThan(700);
  }

  @Test
  void whatIsGivenBackMayBeTakenAgain() {
    budget.take(LIMIT);
    assertThat(budget.take(1)).isFalse();

    budget.giveBack(LIMIT);

    assertThat(budget.take(LIMIT)).isTrue();
  }

  @Test
  void aWriteLargerThanTheLimitGoesAlone() {
    assertThat(budget.take(2 * LIMIT)).isTrue();
    assertThat(budget.take(1)).isFalse();
  }

  private static Write write(long sequence) {
    Mutation put = new Mutation.Put("key", Value.text("value"));
    Dot dot = new Dot(new Replica("node1", 1), sequence);
    return new Write(dot, sequence, VersionVector.EMPTY, List.of(put), 0);
  }
}
