package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.ALONE;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.SETTINGS;
import static io.causa.replication.Fixtures.vector;
import static io.causa.replication.Fixtures.writes;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.identity.Incarnation;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.WriteBatch;
import org.junit.jupiter.api.Test;

/** Messages that claim what only this replica could say. */
class ForgeryTest {

  private static final long SESSION = 5;
  private static final Incarnation RUN = Incarnation.found(SESSION, 3);

  private final Replicator replicator =
      new Replicator(
          A, "", SETTINGS, vector(A, 3), VersionVector.EMPTY, ALONE, RUN, SnapshotRoom.UNLIMITED);
  private final Inbox inbox =
      new Inbox(A, RUN.standing(), vector(A, 3), new CausalBuffer.Limits(100, 10_000, 10_000));

  @Test
  void aBatchOfOneselfOrOfOwnWritesThatNeverWereIsForged() {
    assertThat(inbox.forgery(new WriteBatch(A, false, writes(B, 1, 2)))).isPresent();
    assertThat(inbox.forgery(new WriteBatch(B, true, writes(A, 2, 4))))
        .contains("a batch holds a.1:4, which this node never wrote");
    assertThat(inbox.forgery(new WriteBatch(B, true, writes(A, 2, 3)))).isEmpty();
    assertThat(inbox.forgery(new WriteBatch(B, true, writes(B, 1, 9)))).isEmpty();
  }

  @Test
  void whatComesBackToItsSenderIsNoForgery() {
    assertThat(replicator.forgery(new Presence(A, SESSION, ""))).isEmpty();
    assertThat(replicator.forgery(new Presence(A, 4, ""))).isEmpty();
    assertThat(replicator.forgery(digest(SESSION))).isEmpty();
  }

  @Test
  void whatOneselfNeverSaidIsForged() {
    assertThat(replicator.forgery(digest(4))).isPresent();
    assertThat(replicator.forgery(new Pull(A, B, 1, 2, 100))).isPresent();
    assertThat(replicator.forgery(new Pull(B, A, 1, 2, 100))).isEmpty();
  }

  @Test
  void anOwnDigestTeachesNothing() {
    replicator.digest(digest(SESSION), 0);

    assertThat(replicator.takeActions()).isEmpty();
    assertThat(replicator.roster()).isEqualTo(ALONE);
  }

  private static Digest digest(long session) {
    Roster forged = ALONE.declare(B);
    VersionVector applied = vector(A, 9);
    return new Digest(A, session, 1, applied, applied, VersionVector.EMPTY, forged, SESSION);
  }
}
