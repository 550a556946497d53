package io.causa.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** How much may wait for its turn on the delivery loop. */
class ArrivalBudgetTest {

  private static final Replica PEER = new Replica("node2", 1);
  private static final Replica OTHER = new Replica("node3", 1);

  private final WriteBatch batch = batch(10);
  private final long writeBytes = batch.writes().get(0).heapBytes();
  private final long bytes = ArrivalBudget.MESSAGE_BYTES + writeBytes;
  private final BadMessages bad = new BadMessages(() -> 0);
  private final ArrivalBudget budget = new ArrivalBudget(2 * bytes, bad);

  @Test
  void batchesCountWithTheirBytesOnTheHeap() {
    assertThat(budget.take(batch)).isEqualTo(bytes);
    assertThat(budget.take(batch)).isEqualTo(bytes);

    assertThat(budget.take(batch)).as("there is no room for a third").isZero();
  }

  @Test
  void allWritesOfABatchCount() {
    Write write = batch.writes().get(0);

    assertThat(budget.take(new WriteBatch(PEER, false, List.of(write, write))))
        .isEqualTo(bytes + writeBytes);
  }

  @Test
  void anEmptyBatchTakesRoomTooAndIsNotMistakenForOneThatIsDropped() {
    WriteBatch empty = new WriteBatch(PEER, false, List.of());
    assertThat(budget.take(empty)).isEqualTo(ArrivalBudget.MESSAGE_BYTES);

    while (budget.take(empty) > 0) {
      assertThat(dropped()).isZero();
    }
    assertThat(dropped()).isEqualTo(1);
  }

  @Test
  void theVectorsOfADigestCount() {
    VersionVector two = VersionVector.of(List.of(new Dot(PEER, 1), new Dot(OTHER, 1)));
    long small = budget.take(digest(VersionVector.EMPTY));

    assertThat(new ArrivalBudget(1 << 20, bad).take(digest(two))).isGreaterThan(small);
  }

  @Test
  void theTableOfEndedGenerationsInADigestCounts() {
    Roster ended =
        Roster.EMPTY.end(Endings.of(List.of(new Dot(PEER, 1)), Map.of(PEER.name(), 9L), Map.of()));
    long small = budget.take(digest(VersionVector.EMPTY, Roster.EMPTY));

    assertThat(new ArrivalBudget(1 << 20, bad).take(digest(VersionVector.EMPTY, ended)))
        .isGreaterThan(small);
  }

  private static Digest digest(VersionVector vector) {
    return digest(vector, Roster.EMPTY);
  }

  private static Digest digest(VersionVector vector, Roster roster) {
    return new Digest(PEER, 1, 1, vector, vector, VersionVector.EMPTY, roster, 0);
  }

  @Test
  void whatIsDroppedIsCountedAndTakesNoRoom() {
    budget.take(batch);
    assertThat(budget.take(batch(10_000))).isZero();
    assertThat(dropped()).isEqualTo(1);

    assertThat(budget.take(batch)).isEqualTo(bytes);
    assertThat(budget.take(batch)).isZero();
    assertThat(dropped()).isEqualTo(2);
  }

  @Test
  void aBatchLargerThanTheBudgetPassesAlone() {
    assertThat(budget.take(batch(10_000))).isGreaterThan(2 * bytes);

    assertThat(budget.take(batch)).isZero();
  }

  @Test
  void whatIsGivenBackMayBeTakenAgain() {
    long large = budget.take(batch(10_000));
    budget.giveBack(large);

    assertThat(budget.take(batch)).isEqualTo(bytes);
    assertThat(budget.take(batch)).isEqualTo(bytes);
    assertThat(dropped()).isZero();
  }

  private static WriteBatch batch(int characters) {
    Mutation put = new Mutation.Put("k", Value.text("x".repeat(characters)));
    Write write = new Write(new Dot(PEER, 1), 1, VersionVector.EMPTY, List.of(put), 0);
    return new WriteBatch(PEER, false, List.of(write));
  }

  private long dropped() {
    return bad.counts().stream().mapToLong(BadMessages.Count::messages).sum();
  }
}
