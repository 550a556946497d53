package io.causa.identity;

import static io.causa.identity.State.DOUBTED;
import static io.causa.identity.State.FORKED;
import static io.causa.identity.State.NEW;
import static io.causa.identity.State.RENOUNCED;
import static io.causa.identity.State.TRUSTED;
import static io.causa.identity.State.UNCONFIRMED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The state machine, as a table. The data holds 3 own writes, and 2 more are stamped since. */
class IdentityTest {

  private static final Replica SELF = new Replica("a", 1);
  private static final Replica B = new Replica("b", 1);
  private static final Replica C = new Replica("c", 1);
  private static final List<Replica> MEMBERS = List.of(SELF, B, C);
  private static final long SESSION = 7;
  private static final long FOUND = 3;
  private static final long OWN = 5;
  private static final long GRACE_MILLIS = 4000;
  private static final long MOST_PAUSE_MILLIS = 1000;

  /** What happens to a replica. */
  private enum Input {
    NOTHING_YET,
    ALL_HEARD,
    CLIENTS_WAIT,
    CLIENTS_WAIT_AND_ALL_HEARD,
    A_PEER_KNOWS_MORE,
    A_PEER_KNOWS_MORE_AND_OTHERS_HAVE_MINE,
    EXPELLED
  }

  @ParameterizedTest(name = "{0} + {1} = {2}, the directory says {3}")
  @CsvSource({
    // state, input, state afterwards, what the directory has to say for that
    "NEW,         NOTHING_YET,                            NEW,         ",
    "NEW,         ALL_HEARD,                              NEW,         ",
    "NEW,         CLIENTS_WAIT,                           NEW,         ",
    "NEW,         CLIENTS_WAIT_AND_ALL_HEARD,             NEW,         ",
    "NEW,         A_PEER_KNOWS_MORE,                      RENOUNCED,   RENOUNCED",
    "NEW,         A_PEER_KNOWS_MORE_AND_OTHERS_HAVE_MINE, FORKED,      FORKED",
    "NEW,         EXPELLED,                               RENOUNCED,   RENOUNCED",
    "UNCONFIRMED, NOTHING_YET,                            UNCONFIRMED, ",
    "UNCONFIRMED, ALL_HEARD,                              TRUSTED,     ",
    "UNCONFIRMED, CLIENTS_WAIT,                           DOUBTED,     DOUBTED",
    "UNCONFIRMED, CLIENTS_WAIT_AND_ALL_HEARD,             TRUSTED,     ",
    "UNCONFIRMED, A_PEER_KNOWS_MORE,                      RENOUNCED,   RENOUNCED",
    "UNCONFIRMED, EXPELLED,                               RENOUNCED,   RENOUNCED",
    "DOUBTED,     NOTHING_YET,                            DOUBTED,     ",
    "DOUBTED,     ALL_HEARD,                              TRUSTED,     TRUSTED",
    "DOUBTED,     CLIENTS_WAIT,                           DOUBTED,     ",
    "DOUBTED,     CLIENTS_WAIT_AND_ALL_HEARD,             TRUSTED,     TRUSTED",
    "DOUBTED,     A_PEER_KNOWS_MORE,                      RENOUNCED,   RENOUNCED",
    "DOUBTED,     EXPELLED,                               RENOUNCED,   RENOUNCED",
    "TRUSTED,     NOTHING_YET,                            TRUSTED,     ",
    "TRUSTED,     ALL_HEARD,                              TRUSTED,     ",
    "TRUSTED,     CLIENTS_WAIT,                           TRUSTED,     ",
    "TRUSTED,     A_PEER_KNOWS_MORE,                      RENOUNCED,   RENOUNCED",
    "TRUSTED,     A_PEER_KNOWS_MORE_AND_OTHERS_HAVE_MINE, FORKED,      FORKED",
    "TRUSTED,     EXPELLED,                               RENOUNCED,   RENOUNCED",
    "RENOUNCED,   NOTHING_YET,                            RENOUNCED,   ",
    "RENOUNCED,   CLIENTS_WAIT_AND_ALL_HEARD,             RENOUNCED,   ",
    "RENOUNCED,   A_PEER_KNOWS_MORE,                      RENOUNCED,   ",
    "RENOUNCED,   A_PEER_KNOWS_MORE_AND_OTHERS_HAVE_MINE, RENOUNCED,   ",
    "RENOUNCED,   EXPELLED,                               RENOUNCED,   ",
    "FORKED,      NOTHING_YET,                            FORKED,      ",
    "FORKED,      CLIENTS_WAIT_AND_ALL_HEARD,             FORKED,      ",
    "FORKED,      A_PEER_KNOWS_MORE,                      FORKED,      ",
    "FORKED,      EXPELLED,                               FORKED,      ",
  })
  void transitions(State state, Input input, State after, State durable) {
    Identity identity = in(state);

    Optional<Standing> said = give(identity, input);

    assertThat(said.map(Standing::state)).isEqualTo(Optional.ofNullable(durable));
    assertThat(identity.state()).isEqualTo(after);
  }

  @ParameterizedTest(name = "{0}: may stamp {1}, {2} own writes may leave")
  @CsvSource({
    // state, may stamp, how many of 5 own writes may leave, are claimed, and count as causes
    "NEW,         true,  5, true,  false",
    "UNCONFIRMED, false, 3, false, false",
    "DOUBTED,     true,  3, false, false",
    "TRUSTED,     true,  5, true,  false",
    "RENOUNCED,   false, 0, false, true",
    "FORKED,      false, 0, false, true",
  })
  void permissions(State state, boolean mayStamp, long leave, boolean confirmed, boolean isEnd) {
    Identity identity = in(state);

    assertThat(identity.state()).isEqualTo(state);
    assertThat(state.mayStamp()).isEqualTo(mayStamp);
    assertThat(state.isConfirmed()).isEqualTo(confirmed);
    assertThat(state.isEnd()).isEqualTo(isEnd);
    assertThat(identity.mayLeave(OWN)).isEqualTo(leave);
    VersionVector applied = VersionVector.of(new Dot(SELF, OWN), new Dot(B, 9));
    assertThat(identity.mayLeave(applied).get(SELF)).isEqualTo(leave);
    assertThat(identity.mayLeave(applied).get(B)).isEqualTo(9);
    assertThat(new Standing(state, FOUND).shared(SELF, applied))
        .as("what counts as a cause")
        .isEqualTo(identity.mayLeave(applied));
  }

  @ParameterizedTest
  @EnumSource
  void aDirectoryKeepsWhatAStartCannotFindOutAgain(State state) {
    Standing durable = new Standing(state, FOUND).durable();

    boolean kept = state == DOUBTED || state == RENOUNCED || state == FORKED;
    assertThat(durable).isEqualTo(kept ? new Standing(state, FOUND) : Standing.TRUSTED);
  }

  @Test
  void aDoubtAndItsEndCountOnlyWhenTheDirectorySaysSo() {
    Identity identity = in(UNCONFIRMED);

    assertThat(identity.look(MEMBERS, true)).contains(Standing.doubted(FOUND));
    assertThat(identity.state()).isEqualTo(UNCONFIRMED);
    assertThat(identity.look(MEMBERS, true)).as("one at a time").isEmpty();
    identity.noted(Standing.doubted(FOUND));
    assertThat(identity.state()).isEqualTo(DOUBTED);

    hearAll(identity);
    assertThat(identity.look(MEMBERS, true)).contains(Standing.TRUSTED);
    assertThat(identity.mayLeave(OWN)).as("not yet").isEqualTo(FOUND);
    identity.noted(Standing.TRUSTED);
    assertThat(identity.mayLeave(OWN)).isEqualTo(OWN);
  }

  @Test
  void whatNobodyAskedForIsNotNoted() {
    assertThatThrownBy(() -> in(UNCONFIRMED).noted(Standing.TRUSTED))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aPeerThatKnowsWhatMayHaveLeftProvesNothing() {
    assertThat(in(TRUSTED).claimed(ownWrites(OWN), OWN)).isEmpty();
    assertThat(in(DOUBTED).claimed(ownWrites(FOUND), OWN)).isEmpty();
  }

  @Test
  void aPeerThatKnowsAWriteThatWasKeptBackMeansAnotherOne() {
    assertThat(in(DOUBTED).claimed(ownWrites(FOUND + 1), OWN)).contains(Standing.renounced(FOUND));
  }

  @Test
  void whatLeavesAfterTheEndIsNotSpread() {
    Identity identity = in(RENOUNCED);

    identity.sending(new Dot(SELF, OWN));

    assertThat(identity.claimed(ownWrites(OWN + 2), OWN)).isEmpty();
    assertThat(identity.state()).isEqualTo(RENOUNCED);
  }

  @Test
  void theWorseOfTwoEndsHolds() {
    Identity identity = in(TRUSTED);
    identity.sending(new Dot(SELF, OWN));

    assertThat(identity.expelled(4)).contains(Standing.renounced(4));
    assertThat(identity.claimed(ownWrites(OWN + 1), OWN)).contains(Standing.forked(FOUND));
    assertThat(identity.expelled(4)).as("nothing worse").isEmpty();
    assertThat(identity.expelled(2)).contains(Standing.forked(2));
  }

  @ParameterizedTest
  @CsvSource({
    // state, the last own write that the members take, the last one that keeps its dot
    "TRUSTED,     9223372036854775807, 9223372036854775807",
    "TRUSTED,     4,                   4",
    "DOUBTED,     9223372036854775807, 3",
    "DOUBTED,     4,                   3",
    "UNCONFIRMED, 2,                   2",
  })
  void whoIsExpelledKeepsTheDotsOfTrustedWrites(State state, long last, long trusted) {
    assertThat(in(state).expelled(last)).contains(Standing.renounced(trusted));
  }

  @Test
  void aDigestThatAnswersAnEarlierRunIsNoWitness() {
    Identity identity = in(UNCONFIRMED);
    identity.hear("b", SESSION - 1, 0);
    identity.hear("c", SESSION, 0);

    identity.look(MEMBERS, false);

    assertThat(identity.state()).isEqualTo(UNCONFIRMED);
  }

  @Test
  void afterAWhileThoseThatCanBeHeardAreEnough() {
    Identity identity = in(UNCONFIRMED);
    for (long millis = 0; millis < GRACE_MILLIS; millis += MOST_PAUSE_MILLIS) {
      identity.hear("b", SESSION, millis);
      identity.look(MEMBERS, false);
      assertThat(identity.state()).isEqualTo(UNCONFIRMED);
    }

    identity.hear("b", SESSION, GRACE_MILLIS);
    identity.look(MEMBERS, false);

    assertThat(identity.state()).isEqualTo(TRUSTED);
  }

  @Test
  void aPauseCountsForLittleOfThatWhile() {
    Identity identity = in(UNCONFIRMED);
    identity.hear("b", SESSION, 0);
    identity.hear("b", SESSION, 100 * GRACE_MILLIS);

    identity.look(MEMBERS, false);

    assertThat(identity.state()).isEqualTo(UNCONFIRMED);
  }

  @Test
  void nothingAppliedAfterAWriteThatIsKeptBackIsClaimed() {
    Identity identity = in(DOUBTED);
    VersionVector before = ownWrites(FOUND).join(VersionVector.of(new Dot(B, 1)));
    VersionVector after = ownWrites(FOUND + 1).join(VersionVector.of(new Dot(B, 2)));
    identity.applied(before);
    identity.applied(after);

    assertThat(identity.claim(after)).isEqualTo(before);
    hearAll(identity);
    identity.look(MEMBERS, false);
    identity.noted(Standing.TRUSTED);
    assertThat(identity.claim(after)).isEqualTo(after);
  }

  private static Identity in(State state) {
    State start =
        switch (state) {
          case NEW, UNCONFIRMED, DOUBTED -> state;
          case TRUSTED, RENOUNCED -> UNCONFIRMED;
          case FORKED -> NEW;
        };
    Incarnation run = new Incarnation(SESSION, new Standing(start, FOUND));
    Identity identity = new Identity(SELF, run, GRACE_MILLIS, MOST_PAUSE_MILLIS);
    identity.declared();
    switch (state) {
      case TRUSTED -> give(identity, Input.ALL_HEARD);
      case RENOUNCED -> give(identity, Input.A_PEER_KNOWS_MORE);
      case FORKED -> give(identity, Input.A_PEER_KNOWS_MORE_AND_OTHERS_HAVE_MINE);
      default -> {}
    }
    assertThat(identity.state()).isEqualTo(state);
    return identity;
  }

  /** Carries out what the input makes necessary, too. */
  private static Optional<Standing> give(Identity identity, Input input) {
    return switch (input) {
      case NOTHING_YET -> look(identity, false);
      case ALL_HEARD -> {
        hearAll(identity);
        yield look(identity, false);
      }
      case CLIENTS_WAIT -> look(identity, true);
      case CLIENTS_WAIT_AND_ALL_HEARD -> {
        hearAll(identity);
        yield look(identity, true);
      }
      case A_PEER_KNOWS_MORE -> identity.claimed(ownWrites(OWN + 1), OWN);
      case A_PEER_KNOWS_MORE_AND_OTHERS_HAVE_MINE -> {
        identity.sending(ownWrites(OWN));
        yield identity.claimed(ownWrites(OWN + 1), OWN);
      }
      case EXPELLED -> identity.expelled(Long.MAX_VALUE);
    };
  }

  private static Optional<Standing> look(Identity identity, boolean isWanted) {
    Optional<Standing> durable = identity.look(MEMBERS, isWanted);
    durable.ifPresent(identity::noted);
    return durable;
  }

  private static void hearAll(Identity identity) {
    identity.hear("b", SESSION, 0);
    identity.hear("c", SESSION, 0);
  }

  private static VersionVector ownWrites(long last) {
    return VersionVector.of(new Dot(SELF, last));
  }
}
