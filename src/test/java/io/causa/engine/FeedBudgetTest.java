package io.causa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What may be under way on the bus when it takes nothing, as while a member stands still. */
class FeedBudgetTest {
  private static final long LIMIT = 1 << 20;

  private final FeedBudget budget = new FeedBudget(LIMIT);

  @Test
  void smallWritesCountWithTheObjectsOfTheirEvents() {
    long small = FeedBudget.bytesOf(write(1, 3));

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

  @Test
  void theClockOfALargeClusterCounts() {
    long few = FeedBudget.bytesOf(write(1, 3));

    assertThat(FeedBudget.bytesOf(write(1, 3000))).isGreaterThan(few + 3000 * 100);
  }

  private static StagedWrite write(long sequence, int replicas) {
    Mutation put = new Mutation.Put("key", Value.text("value"));
    Dot dot = new Dot(new Replica("node1", 1), sequence);
    Write write = new Write(dot, sequence, VersionVector.EMPTY, List.of(put), 0);
    List<Dot> clock = new ArrayList<>(List.of(dot));
    for (int i = 2; i <= replicas; i++) {
      clock.add(new Dot(new Replica("node" + i, 1), 1));
    }
    VersionVector after = VersionVector.of(clock);
    return new StagedWrite(write, List.of(), VersionVector.EMPTY, after, OptionalLong.empty());
  }
}
