package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.ALONE;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.D;
import static io.causa.replication.Fixtures.SETTINGS;
import static io.causa.replication.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.core.snapshot.SnapshotTransfers.Reply;
import io.causa.identity.Incarnation;
import io.causa.identity.Standing;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import io.causa.replication.Action.InstallSnapshot;
import io.causa.replication.Action.OlderCopy;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.replication.Action.Ready;
import io.causa.replication.Action.Send;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.SnapshotRefused.Reason;
import io.causa.replication.message.PeerMessage.SnapshotRequest;
import io.causa.replication.message.Receipt;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The replica is a, in session 5, with two own writes; the log of b reaches back to write 40. */
class ReplicatorSnapshotTest {

  private static final VersionVector NOTHING = VersionVector.EMPTY;
  private static final VersionVector OF_B = vector(B, 50).join(vector(A, 1));
  private static final SnapshotInstant INSTANT = instant(OF_B);
  private static final long SESSION = 5;
  private static final long TRANSFER = SESSION + 1;

  private final Replicator replicator = replicator(Incarnation.found(SESSION, 2));
  private long digests;

  @Test
  void whatIsInNobodysLogIsAskedForAsASnapshot() {
    digest(0);
    tickUntil(600);
    assertThat(requests()).isEmpty();

    tickUntil(800);

    assertThat(requests()).containsExactly(request(1));
  }

  @Test
  void theReplicaIsNotReadyBeforeTheSnapshotIsInstalled() {
    replicator.start(1, 0);
    fetchFirstChunk();
    long nowMillis = 800;
    for (int number = 2; number < 10; number++) {
      nowMillis += 3000;
      digest(nowMillis);
      replicator.snapshot(chunk(number, false), nowMillis);
      replicator.tick(nowMillis);
      assertThat(replicator.isReady()).isFalse();
    }
    assertThat(replicator.view(0).notReady()).contains("; fetching a snapshot of b: 0 keys");

    replicator.snapshot(chunk(10, true), nowMillis);

    assertThat(taken(InstallSnapshot.class)).hasSize(1);
    replicator.tick(nowMillis + 60_000);
    assertThat(replicator.isReady()).as("while it is installed, however long").isFalse();
    replicator.applied(vector(A, 2).join(vector(B, 50)), nowMillis + 60_000);
    replicator.snapshotInstalled(nowMillis + 60_000);
    assertThat(taken(Ready.class)).containsExactly(new Ready(""));
    assertThat(replicator.view(0).snapshot()).isEmpty();
  }

  @Test
  void waitingForABusyPeerIsNoReasonToBecomeReady() {
    replicator.start(1, 0);
    for (long nowMillis = 0; nowMillis < 30_000; nowMillis += 1000) {
      digest(nowMillis);
      replicator.tick(nowMillis);
      for (SnapshotRequest asked : requests()) {
        replicator.snapshot(new SnapshotRefused(B, asked.transfer(), Reason.BUSY), nowMillis);
      }
    }

    assertThat(replicator.isReady()).isFalse();
  }

  @Test
  void theDigestsSayWhatASnapshotBroughtAndAReceiptFromBeforeDoesNotTakeItBack() {
    digest(0);
    VersionVector joined = vector(A, 2).join(vector(B, 50));
    replicator.trimmed(vector(B, 50));
    replicator.applied(joined, 1);
    replicator.takeActions();

    replicator.receivedBatch(new Receipt(vector(B, 3), NOTHING), B, false, 2);

    Digest said = (Digest) taken(Send.class).get(0).message();
    assertThat(said.received()).isEqualTo(joined);
    assertThat(said.trimmed()).isEqualTo(vector(B, 50));
    digest(3);
    tickUntil(2000);
    assertThat(requests()).isEmpty();
  }

  @Test
  void aRequestIsAnsweredWithWhatTheStoreSays() {
    replicator.snapshot(new SnapshotRequest(C, 9, 3, 1 << 30), 0);
    ReadSnapshot read = taken(ReadSnapshot.class).get(0);
    assertThat(read).isEqualTo(new ReadSnapshot(C, 9, 3, SETTINGS.pullBytes()));

    replicator.snapshotRead(read, new Reply.Slice(INSTANT, List.of(), true));
    replicator.snapshotRead(read, new Reply.Busy());
    replicator.snapshotRead(read, new Reply.Overrun());
    replicator.snapshotRead(read, new Reply.Unknown());

    assertThat(replicator.takeActions())
        .containsExactly(
            new Send("c", new SnapshotChunk(A, 9, 3, INSTANT, List.of(), true)),
            new Send("c", new SnapshotRefused(A, 9, Reason.BUSY)),
            new Send("c", new SnapshotRefused(A, 9, Reason.OVERRUN)),
            new Send("c", new SnapshotRefused(A, 9, Reason.UNKNOWN)));
  }

  @Test
  void aSnapshotWithOwnWritesThatMustNotLeaveYetIsRefused() {
    Replicator doubted = replicator(Incarnation.doubted(SESSION, 1));
    ReadSnapshot read = new ReadSnapshot(C, 9, 1, 100);
    SnapshotInstant kept = instant(vector(A, 2));
    SnapshotInstant known = instant(vector(A, 1));

    doubted.snapshotRead(read, new Reply.Slice(kept, List.of(), true));
    doubted.snapshotRead(read, new Reply.Slice(known, List.of(), true));

    assertThat(doubted.takeActions())
        .containsExactly(
            new Send("c", new SnapshotRefused(A, 9, Reason.BUSY)),
            new Send("c", new SnapshotChunk(A, 9, 1, known, List.of(), true)));
  }

  @Test
  void ownWritesThatLeftWithASnapshotHaveSpread() {
    replicator.applied(vector(A, 3), 0);
    replicator.digest(new Digest(B, 1, 1, OF_B, OF_B, NOTHING, ALONE, SESSION), 0);
    confirm();
    replicator.snapshotRead(
        new ReadSnapshot(C, 9, 1, 100), new Reply.Slice(instant(vector(A, 3)), List.of(), true));

    replicator.digest(
        new Digest(B, 1, 2, vector(A, 4), vector(A, 4), NOTHING, ALONE, SESSION), 20_000);

    assertThat(replicator.takeActions()).containsExactly(new OlderCopy(B, 4, Standing.forked(2)));
  }

  private void confirm() {
    for (long nowMillis = 0; nowMillis < 10_000; nowMillis += 50) {
      replicator.tick(nowMillis);
    }
  }

  @Test
  void aSnapshotWithMoreOwnWritesThanAreHereShowsThatTheDataIsAnOlderCopy() {
    fetchFirstChunk();

    replicator.snapshot(
        new SnapshotChunk(B, TRANSFER, 2, instant(vector(A, 3)), List.of(), true), 801);

    assertThat(replicator.takeActions())
        .containsExactly(new OlderCopy(B, 3, Standing.renounced(2)));
  }

  /** Whoever ordered the end counts on it, and would tell it as a fact meanwhile. */
  @Test
  void aSnapshotWithWritesBehindAnOrderIsNotTaken() {
    digest(0);
    tickUntil(800);
    SnapshotInstant more = instant(OF_B.join(vector(D, 7)));
    Roster ordered = ALONE.declare(D).forget(D).retire(Endings.of(new Dot(D, 6)));
    replicator.digest(new Digest(C, 1, 1, NOTHING, NOTHING, NOTHING, ordered, SESSION), 800);

    replicator.snapshot(new SnapshotChunk(B, TRANSFER, 1, more, List.of(), true), 801);
    assertThat(taken(InstallSnapshot.class)).isEmpty();

    replicator.snapshot(chunk(1, true), 802);
    assertThat(taken(InstallSnapshot.class)).hasSize(1);
  }

  private static Replicator replicator(Incarnation run) {
    return new Replicator(
        A, "http://a", SETTINGS, vector(A, 2), NOTHING, ALONE, run, SnapshotRoom.UNLIMITED);
  }

  private void fetchFirstChunk() {
    digest(0);
    tickUntil(800);
    assertThat(requests()).containsExactly(request(1));
    replicator.snapshot(chunk(1, false), 800);
    assertThat(requests()).containsExactly(request(2));
  }

  private void digest(long nowMillis) {
    replicator.digest(
        new Digest(B, 1, ++digests, vector(A, 2).join(OF_B), OF_B, vector(B, 39), ALONE, SESSION),
        nowMillis);
  }

  private void tickUntil(long nowMillis) {
    for (long at = 0; at <= nowMillis; at += 50) {
      replicator.tick(at);
    }
  }

  private static SnapshotInstant instant(VersionVector vector) {
    return new SnapshotInstant(vector, VersionVector.EMPTY, 17);
  }

  private static SnapshotChunk chunk(long number, boolean last) {
    return new SnapshotChunk(B, TRANSFER, number, INSTANT, List.of(), last);
  }

  private static SnapshotRequest request(long number) {
    return new SnapshotRequest(A, TRANSFER, number, SETTINGS.pullBytes());
  }

  private List<SnapshotRequest> requests() {
    return taken(Send.class).stream()
        .map(Send::message)
        .filter(SnapshotRequest.class::isInstance)
        .map(SnapshotRequest.class::cast)
        .toList();
  }

  private <T extends Action> List<T> taken(Class<T> type) {
    return replicator.takeActions().stream().filter(type::isInstance).map(type::cast).toList();
  }
}
