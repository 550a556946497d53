package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.D;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage.Digest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replica is a; b and c are members, too. */
class StabilityTest {

  private static final Replica B_AGAIN = new Replica("b", 2);
  private static final Roster ALL = roster(A, B, C);

  private final Outbox outbox = new Outbox();
  private final Membership membership = new Membership(A, ALL, VersionVector.EMPTY, outbox);
  private final Progress progress = new Progress(VersionVector.EMPTY, VersionVector.EMPTY);
  private final Stability stability =
      new Stability(A, membership, progress, new Peers(Fixtures.SETTINGS), outbox);
  private VersionVector applied;
  private long number;

  @BeforeEach
  void applySome() {
    apply(vector(4, 5, 6));
  }

  @Test
  void whatAllHaveAppliedIsStable() {
    heard(B, vector(4, 5, 2));
    heard(C, vector(3, 5, 6));

    assertThat(stable()).isEqualTo(vector(3, 5, 2));
    assertThat(stability.waitingFor()).containsExactly(B, C);
  }

  @Test
  void aMemberThatWasNeverHeardHoldsEverythingBack() {
    heard(B, applied);

    assertThat(stable()).isEqualTo(VersionVector.EMPTY);
    assertThat(stability.waitingFor()).containsExactly(C);
  }

  @Test
  void aReplicaAloneNeedsNobody() {
    know(ALL.forget(B).forget(C));

    assertThat(stable()).isEqualTo(applied);
  }

  @Test
  void aDigestCountsOnlyOnceAllThatItsSenderHadWrittenIsAppliedHere() {
    heard(C, applied);
    heard(B, vector(4, 6, 6));
    assertThat(stable()).isEqualTo(VersionVector.EMPTY);

    apply(vector(4, 6, 6));
    assertThat(stable()).isEqualTo(vector(4, 5, 6));
  }

  @Test
  void aMemberThatIsAlwaysAheadStillCountsInTheEnd() {
    heard(C, vector(4, 99, 6));
    heard(B, vector(1, 6, 1));
    heard(B, vector(2, 7, 2));
    apply(vector(4, 6, 6));
    heard(B, vector(3, 8, 3));
    assertThat(stable()).isEqualTo(vector(1, 6, 1));

    apply(vector(4, 8, 6));
    assertThat(stable()).isEqualTo(vector(3, 8, 3));
  }

  @Test
  void whatTheSenderHadReceivedOfAnEarlierGenerationMustBeHereToo() {
    know(roster(A, B_AGAIN, C));
    heard(C, applied);
    VersionVector received = VersionVector.of(new Dot(A, 4), new Dot(B, 7), new Dot(C, 6));
    heardWith(B_AGAIN, 1, received, VersionVector.of(new Dot(A, 4), new Dot(C, 6)));
    assertThat(stable()).isEqualTo(VersionVector.EMPTY);

    apply(vector(4, 7, 6));
    assertThat(stable()).isEqualTo(VersionVector.of(new Dot(A, 4), new Dot(C, 6)));
  }

  @Test
  void whatTheSenderHadReceivedOfSomebodyUnknownMustBeHereToo() {
    heard(C, applied);
    heardWith(B, 1, applied.with(new Dot(D, 1)), applied);
    assertThat(stable()).isEqualTo(VersionVector.EMPTY);
  }

  @Test
  void aDigestThatShowsOtherMembersDoesNotCount() {
    heard(B, applied);
    heard(C, applied);
    assertThat(stable()).isEqualTo(applied);

    know(roster(A, B, C, D));
    heard(D, applied);
    assertThat(stable()).isEqualTo(VersionVector.EMPTY);

    heard(B, applied);
    heard(C, applied);
    assertThat(stable()).isEqualTo(applied);
  }

  /** By the roster that c was forgotten in, c:7 may come from anyone, and has not seen a:4. */
  @Test
  void aDigestIsJudgedByTheRosterThatItShows() {
    Roster without = ALL.forget(C);
    heardShowing(without, B, vector(4, 5, 7), vector(4, 5, 6));

    know(without);
    assertThat(stable()).isEqualTo(VersionVector.EMPTY);

    apply(vector(4, 5, 7));
    assertThat(stable()).isEqualTo(vector(4, 5, 6));
  }

  /** A digest that can never count does not keep the next one from it. */
  @Test
  void aDigestThatShowsAnEarlierRosterMakesRoom() {
    heard(B, vector(4, 9, 6));

    know(ALL.forget(C));
    heard(B, vector(4, 5, 6));

    assertThat(stable()).isEqualTo(vector(4, 5, 6));
  }

  @Test
  void anotherSessionIsBelievedWhenItHasLess() {
    heard(B, applied);
    heard(C, applied);

    heardWith(C, 2, vector(1, 1, 1), vector(1, 1, 1));

    assertThat(stable()).isEqualTo(vector(1, 1, 1));
  }

  @Test
  void aMemberThatIsForgottenHoldsNothingBack() {
    heard(B, applied);
    assertThat(stable()).isEqualTo(VersionVector.EMPTY);

    know(ALL.forget(C));
    heard(B, applied);
    assertThat(stable()).isEqualTo(applied);
  }

  private void heard(Replica sender, VersionVector theirs) {
    heardWith(sender, 1, theirs, theirs);
  }

  private void heardWith(
      Replica sender, long session, VersionVector received, VersionVector theirs) {
    stability.heard(digest(membership.roster(), sender, session, received, theirs));
  }

  private void heardShowing(
      Roster shown, Replica sender, VersionVector received, VersionVector theirs) {
    stability.heard(digest(shown, sender, 1, received, theirs));
  }

  private Digest digest(
      Roster shown, Replica sender, long session, VersionVector received, VersionVector theirs) {
    return new Digest(sender, session, ++number, received, theirs, VersionVector.EMPTY, shown, 0);
  }

  private void apply(VersionVector now) {
    applied = now;
    progress.applied(now);
  }

  private void know(Roster roster) {
    membership.heard(roster);
    membership.kept(roster);
  }

  private VersionVector stable() {
    stability.look();
    return stability.stable();
  }

  private static VersionVector vector(long a, long b, long c) {
    return VersionVector.of(new Dot(A, a), new Dot(B, b), new Dot(C, c));
  }

  private static Roster roster(Replica... members) {
    Roster roster = Roster.EMPTY;
    for (Replica member : members) {
      roster = roster.declare(member);
    }
    return roster;
  }
}
