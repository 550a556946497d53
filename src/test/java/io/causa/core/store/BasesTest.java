package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.Commit;
import io.causa.core.Mutation;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.membership.Endings;
import io.causa.membership.Retirement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * When the own vector takes a base: a node that is started again and again wrote one write each.
 */
class BasesTest {

  private static final Replica SELF = new Replica("self", 5);
  private static final Replica FIRST = new Replica("peer", 1);
  private static final Replica SECOND = new Replica("peer", 3);
  private static final Replica OTHER = new Replica("other", 1);
  private static final Dot BASE = Dot.ofBase("peer", 4);
  private static final Endings ENDED =
      Endings.of(List.of(new Dot(FIRST, 1), new Dot(SECOND, 1)), Map.of("peer", 4L), Map.of());

  private final KeyStates states = new KeyStates();
  private final Store store = new Store(SELF, states, 0, new StoreLimits(100, 1 << 20, 100));

  @Test
  void aWantedBaseComesWithACommitOnceAllThatItStandsForIsApplied() {
    store.retire(Retirement.of(ENDED));
    store.raise(VersionVector.of(BASE));
    deliver(FIRST, VersionVector.EMPTY);
    assertThat(applied().covers(BASE)).isFalse();

    deliver(SECOND, applied());

    assertThat(applied()).isEqualTo(VersionVector.of(BASE));
    assertThat(store.begin()).isEmpty();
  }

  /**
   * An event's position before it is that after the one before, or a subscriber takes it for lost.
   */
  @Test
  void aBaseIsNoGapForASubscriber() {
    store.retire(Retirement.of(ENDED));
    deliver(FIRST, VersionVector.EMPTY);
    deliver(SECOND, applied());
    VersionVector before = applied();
    store.raise(VersionVector.of(BASE));
    commit();
    assertThat(applied()).isEqualTo(VersionVector.of(BASE));

    store.deliver(List.of(write(OTHER, applied())));
    StagedWrite next = store.begin().orElseThrow().writes().get(0);

    assertThat(next.before()).isEqualTo(before);
    assertThat(next.after()).isEqualTo(VersionVector.of(BASE, new Dot(OTHER, 1)));
  }

  /** What is missing may itself wait for an earlier base. */
  @Test
  void anEarlierBaseIsTakenWhileSomethingBeforeTheWantedOneIsMissing() {
    store.retire(Retirement.of(ENDED));
    store.raise(VersionVector.of(BASE));
    deliver(FIRST, VersionVector.EMPTY);

    assertThat(applied()).isEqualTo(VersionVector.of(Dot.ofBase("peer", 3)));
    deliver(SECOND, VersionVector.of(Dot.ofBase("peer", 3)));
    assertThat(applied()).isEqualTo(VersionVector.of(BASE));
  }

  @Test
  void whoBringsATokenWithABaseWaitsForOneCommitWhereThatIsTrue() {
    store.retire(Retirement.of(ENDED));
    deliver(FIRST, VersionVector.EMPTY);
    deliver(SECOND, applied());
    VersionVector token = VersionVector.of(BASE);

    assertThat(store.await(7, token, 100)).isEqualTo(new Answer.Parked(7, BASE));

    assertThat(commit()).containsExactly(new Answer.Covered(7));
    assertThat(store.await(8, token, 100)).isEqualTo(new Answer.Covered(8));
    VersionVector longToken = VersionVector.of(new Dot(FIRST, 9), new Dot(SECOND, 1));
    assertThat(store.await(9, longToken, 100)).isEqualTo(new Answer.Covered(9));
  }

  @Test
  void aBaseThatNobodyToldOfIsWaitedForLikeAnyWriteAndTakenWhenItIsTold() {
    assertThat(store.await(7, VersionVector.of(BASE), 100)).isEqualTo(new Answer.Parked(7, BASE));
    assertThat(store.begin()).isEmpty();

    deliver(FIRST, VersionVector.EMPTY);
    deliver(SECOND, applied());
    assertThat(store.retire(Retirement.of(ENDED))).isEmpty();

    assertThat(commit()).containsExactly(new Answer.Covered(7));
  }

  @Test
  void noBaseIsTakenThatTheOwnGenerationWouldBeBelow() {
    Endings own = Endings.of(List.of(), Map.of("self", 9L), Map.of());
    store.retire(Retirement.of(own));
    store.raise(own.bases());

    commit();

    assertThat(applied().base("self")).isEqualTo(SELF.generation());
  }

  private VersionVector applied() {
    return states.applied();
  }

  private void deliver(Replica origin, VersionVector seen) {
    store.deliver(List.of(write(origin, seen)));
    commit();
  }

  private static Write write(Replica origin, VersionVector seen) {
    Mutation put = new Mutation.Put("k", Value.text("v"));
    return new Write(new Dot(origin, 1), 1, seen, List.of(put), 0);
  }

  private List<Answer> commit() {
    Optional<Commit> next = store.begin();
    return next.isEmpty() ? List.of() : store.complete().answers();
  }
}
