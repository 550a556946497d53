package io.causa.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.identity.NextStart.Continue;
import io.causa.identity.NextStart.Refuse;
import io.causa.identity.NextStart.Rename;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the next start becomes, as a table. The directory holds 5 own writes of generation 1000. */
class StoredIdentityTest {

  private static final Replica SELF = new Replica("a", 1000L << 11);
  private static final long SESSION = 1500L << 11;
  private static final long OWN = 5;
  private static final StartMoment NOW = new StartMoment(2000, 0);
  private static final StartMoment BEFORE = new StartMoment(10, 0);
  private static final long NUMBER = 2000L << 11;

  @ParameterizedTest(name = "{0}, trusted {1}, may be older {2}: {3}")
  @CsvSource({
    // the directory says; the next start becomes, with so many trusted own writes
    "TRUSTED,   0, false, UNCONFIRMED, 5",
    "DOUBTED,   3, false, DOUBTED,     3",
  })
  void goesOn(State state, long trusted, boolean mayBeOlder, State begins, long after) {
    NextStart next = stored(new Standing(state, trusted), mayBeOlder).nextStart(NOW);

    assertThat(next).isEqualTo(new Continue(new Incarnation(NUMBER, new Standing(begins, after))));
  }

  @ParameterizedTest(name = "{0}, trusted {1}, may be older {2}: keeps {3}, renames {4}")
  @CsvSource({
    // the directory says; so many own writes keep their dots; so many get new ones
    "RENOUNCED, 3,                   false, 3,                   2",
    "RENOUNCED, 3,                   true,  3,                   2",
    "RENOUNCED, 0,                   false, 0,                   5",
    "RENOUNCED, 5,                   false, 5,                   0",
    "RENOUNCED, 9223372036854775807, false, 9223372036854775807, 0",
    "TRUSTED,   0,                   true,  5,                   0",
    "DOUBTED,   3,                   true,  3,                   2",
  })
  void becomesANewGeneration(
      State state, long trusted, boolean mayBeOlder, long kept, long renamed) {
    StoredIdentity stored = stored(new Standing(state, trusted), mayBeOlder);

    assertThat(stored.isRenounced()).isTrue();
    assertThat(stored.nextStart(NOW))
        .isEqualTo(
            new Rename(
                new Replica("a", NUMBER),
                kept,
                new Incarnation(NUMBER, new Standing(State.NEW, renamed))));
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void forkedDataIsRefused(boolean mayBeOlder) {
    assertThat(stored(Standing.forked(3), mayBeOlder).nextStart(NOW)).isEqualTo(new Refuse(3));
  }

  @Test
  void theFirstStartIsNew() {
    StoredIdentity made = new StoredIdentity(SELF, 0, Standing.TRUSTED, 0, false);

    assertThat(made.nextStart(NOW)).isEqualTo(new Continue(Incarnation.ofNewGeneration(NUMBER, 0)));
  }

  @Test
  void sessionAndGenerationGrowThoughTheClockWasSetBack() {
    assertThat(stored(Standing.TRUSTED, false).nextStart(BEFORE))
        .isEqualTo(new Continue(Incarnation.found(1501L << 11, OWN)));
    assertThat(stored(Standing.renounced(OWN), false).nextStart(BEFORE))
        .isEqualTo(
            new Rename(
                new Replica("a", 1001L << 11), OWN, Incarnation.ofNewGeneration(1501L << 11, 0)));
  }

  @ParameterizedTest
  @CsvSource({"TRUSTED, 0, 5", "DOUBTED, 3, 3", "RENOUNCED, 2, 2"})
  void aCopyKeepsTheDotsThatTheOriginalTrusts(State state, long trusted, long kept) {
    assertThat(stored(new Standing(state, trusted), false).ofCopy())
        .isEqualTo(Standing.renounced(kept));
  }

  private static StoredIdentity stored(Standing standing, boolean mayBeOlder) {
    return new StoredIdentity(SELF, SESSION, standing, OWN, mayBeOlder);
  }
}
