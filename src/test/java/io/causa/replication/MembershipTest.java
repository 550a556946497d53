package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.ALONE;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Endings;
import io.causa.membership.Retirement;
import io.causa.membership.Roster;
import io.causa.replication.Action.KeepRoster;
import org.junit.jupiter.api.Test;

/** The replica is a. */
class MembershipTest {

  private final Outbox outbox = new Outbox();
  private final Membership membership = new Membership(A, ALONE, VersionVector.EMPTY, outbox);

  @Test
  void itStartsWithWhatWasKeptAndWhoeverWrote() {
    Roster stored = Roster.EMPTY.declare(B);

    Membership restarted = new Membership(A, stored, vector(C, 1), outbox);

    assertThat(restarted.roster().members()).containsExactly(B, C);
    assertThat(restarted.isDeclared()).isFalse();
  }

  /** Its own writes were renamed, and another generation of its name may be healthy. */
  @Test
  void whoHasOwnWritesAndNeverTookItsNameDoesNotTakeItByThem() {
    Replica holder = new Replica("a", 9);
    Roster stored = Roster.EMPTY.declare(holder);

    Membership heir = new Membership(A, stored, vector(A, 1), outbox);
    heir.applied(vector(A, 1));

    assertThat(heir.roster().members()).containsExactly(holder);
    assertThat(heir.isDeclared()).isFalse();
    assertThat(heir.isExpelled()).isFalse();
    assertThat(heir.isHeldBy(holder)).isTrue();
  }

  @Test
  void whoHasOwnWritesOfAnUnknownNameDoesNotTakeItByThem() {
    Membership heir = new Membership(A, Roster.EMPTY, vector(A, 1), outbox);
    heir.applied(vector(A, 1));

    assertThat(heir.isDeclared()).isFalse();
    assertThat(outbox.take()).isEmpty();
  }

  /** Otherwise a crash in between would let it take the name back at its next start. */
  @Test
  void aRosterWithoutThisReplicaIsNotMadeDurable() {
    membership.heard(ALONE.declare(new Replica("a", 9)));

    assertThat(membership.isExpelled()).isTrue();
    assertThat(outbox.take()).isEmpty();
  }

  @Test
  void anOrderToRetireIsShownOnceDeliveryFollowsIt() {
    Roster retired = ALONE.declare(C).forget(C).retire(Endings.of(new Dot(C, 6)));
    membership.heard(retired);
    membership.kept(retired);
    assertThat(membership.roster()).isEqualTo(ALONE);

    membership.excludes(upTo(5));
    assertThat(membership.roster()).isEqualTo(ALONE);
    membership.excludes(upTo(6));
    assertThat(membership.roster()).isEqualTo(retired);
  }

  @Test
  void anOrderThatDeliveryFollowsIsShownOnceItIsDurable() {
    Roster retired = ALONE.declare(C).forget(C).retire(Endings.of(new Dot(C, 6)));
    membership.heard(retired);
    membership.excludes(upTo(6));
    assertThat(membership.roster()).isEqualTo(ALONE);

    membership.kept(retired);
    assertThat(membership.roster()).isEqualTo(retired);
  }

  private static Retirement upTo(long last) {
    return new Retirement(Endings.NONE, Endings.of(new Dot(C, last)));
  }

  @Test
  void whatIsHeardIsShownOnceItIsDurable() {
    membership.heard(ALONE.declare(B));
    assertThat(outbox.take()).containsExactly(new KeepRoster(ALONE.declare(B)));
    assertThat(membership.roster()).isEqualTo(ALONE);

    membership.kept(ALONE.declare(B));
    assertThat(outbox.take()).isEmpty();
    assertThat(membership.roster()).isEqualTo(ALONE.declare(B));
  }

  @Test
  void oneChangeIsMadeDurableAtATime() {
    membership.heard(ALONE.declare(B));
    outbox.take();

    membership.heard(ALONE.declare(C));
    assertThat(outbox.take()).isEmpty();
    membership.kept(ALONE.declare(B));
    assertThat(outbox.take()).containsExactly(new KeepRoster(ALONE.declare(B).declare(C)));
  }

  @Test
  void whatIsKnownNeedsNothing() {
    membership.heard(ALONE);
    assertThat(outbox.take()).isEmpty();
    membership.applied(vector(A, 5));
    assertThat(outbox.take()).isEmpty();
  }

  @Test
  void whoeverWroteIsKnown() {
    membership.applied(vector(C, 1));
    assertThat(outbox.take()).containsExactly(new KeepRoster(ALONE.withOrigins(vector(C, 1))));
  }
}
