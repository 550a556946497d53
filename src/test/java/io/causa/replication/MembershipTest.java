package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.ALONE;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.digest;
import static io.causa.replication.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Roster;
import io.causa.replication.Action.KeepRoster;
import org.junit.jupiter.api.Test;

/** The replica is a. */
class MembershipTest {

  private final Membership membership = new Membership(A, ALONE, VersionVector.EMPTY);

  @Test
  void itStartsWithWhatWasKeptAndWhoeverWrote() {
    Roster stored = Roster.EMPTY.declare(B);

    Membership restarted = new Membership(A, stored, vector(C, 1));

    assertThat(restarted.roster().members()).containsExactly(B, C);
    assertThat(restarted.isDeclared()).isFalse();
  }

  @Test
  void whoWroteBeforeItsNameWasDurableTakesItAgain() {
    Replica before = new Replica("a", 9);
    Roster stored = Roster.EMPTY.declare(before).forget(before);

    Membership restarted = new Membership(A, stored, vector(A, 1));

    assertThat(restarted.roster().members()).containsExactly(A);
    assertThat(restarted.isDeclared()).isTrue();
  }

  @Test
  void whatIsHeardIsShownOnceItIsDurable() {
    assertThat(membership.heard(ALONE.declare(B))).hasValue(new KeepRoster(ALONE.declare(B)));
    assertThat(membership.roster()).isEqualTo(ALONE);

    assertThat(membership.kept(ALONE.declare(B))).isEmpty();
    assertThat(membership.roster()).isEqualTo(ALONE.declare(B));
  }

  @Test
  void oneChangeIsMadeDurableAtATime() {
    membership.heard(ALONE.declare(B));

    assertThat(membership.heard(ALONE.declare(C))).isEmpty();
    assertThat(membership.kept(ALONE.declare(B)))
        .hasValue(new KeepRoster(ALONE.declare(B).declare(C)));
  }

  @Test
  void whatIsKnownNeedsNothing() {
    assertThat(membership.heard(ALONE)).isEmpty();
    assertThat(membership.applied(vector(A, 5))).isEmpty();
  }

  @Test
  void whoeverWroteIsKnown() {
    assertThat(membership.applied(vector(C, 1)))
        .hasValue(new KeepRoster(ALONE.withOrigins(vector(C, 1))));
  }

  @Test
  void aDigestAgreesThatShowsTheSameDurableRoster() {
    assertThat(membership.agrees(digest(B, 1, VersionVector.EMPTY))).isTrue();

    membership.heard(ALONE.declare(C));
    assertThat(membership.agrees(digest(B, 1, VersionVector.EMPTY))).isTrue();

    membership.kept(ALONE.declare(C));
    assertThat(membership.agrees(digest(B, 1, VersionVector.EMPTY))).isFalse();
  }
}
