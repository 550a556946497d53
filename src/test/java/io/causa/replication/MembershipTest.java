package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.ALONE;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.digest;
import static io.causa.replication.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.VersionVector;
import io.causa.core.Roster;
import io.causa.replication.Action.KeepRoster;
import org.junit.jupiter.api.Test;

/** The replica is a. */
class MembershipTest {

  private final Membership membership = new Membership(A, Roster.EMPTY, VersionVector.EMPTY);

  @Test
  void itStartsWithItselfWhatWasKeptAndWhoeverWrote() {
    Roster stored = Roster.EMPTY.withMember(B);

    Membership restarted = new Membership(A, stored, vector(C, 1));

    assertThat(restarted.roster().members()).containsExactly(A, B, C);
  }

  @Test
  void whatIsHeardIsShownOnceItIsDurable() {
    assertThat(membership.heard(ALONE.withMember(B))).hasValue(new KeepRoster(ALONE.withMember(B)));
    assertThat(membership.roster()).isEqualTo(ALONE);

    assertThat(membership.kept(ALONE.withMember(B))).isEmpty();
    assertThat(membership.roster()).isEqualTo(ALONE.withMember(B));
  }

  @Test
  void oneChangeIsMadeDurableAtATime() {
    membership.heard(ALONE.withMember(B));

    assertThat(membership.heard(ALONE.withMember(C))).isEmpty();
    assertThat(membership.kept(ALONE.withMember(B)))
        .hasValue(new KeepRoster(ALONE.withMember(B).withMember(C)));
  }

  @Test
  void whatIsKnownNeedsNothing() {
    assertThat(membership.heard(ALONE)).isEmpty();
    assertThat(membership.applied(vector(A, 5))).isEmpty();
  }

  @Test
  void whoeverWroteIsKnown() {
    assertThat(membership.applied(vector(C, 1))).hasValue(new KeepRoster(ALONE.withMember(C)));
  }

  @Test
  void aDigestAgreesThatShowsTheSameDurableRoster() {
    assertThat(membership.agrees(digest(B, 1, VersionVector.EMPTY))).isTrue();

    membership.heard(ALONE.withMember(C));
    assertThat(membership.agrees(digest(B, 1, VersionVector.EMPTY))).isTrue();

    membership.kept(ALONE.withMember(C));
    assertThat(membership.agrees(digest(B, 1, VersionVector.EMPTY))).isFalse();
  }
}
