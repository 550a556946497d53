package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.D;
import static io.causa.replication.Fixtures.SETTINGS;
import static io.causa.replication.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.DataLimit;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.core.store.KeyStates;
import io.causa.replication.Action.InstallSnapshot;
import io.causa.replication.Action.Send;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.SnapshotRefused.Reason;
import io.causa.replication.message.PeerMessage.SnapshotRequest;
import io.causa.replication.view.SnapshotProgress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replica is a, in session 100; b and c have what it lacks, b more than c. */
class SnapshotFetchTest {

  private static final SnapshotInstant INSTANT = instant(10);

  private final Peers peers = new Peers(SETTINGS);
  private final Outbox outbox = new Outbox();
  private final SnapshotFetch fetch =
      new SnapshotFetch(A, 100, SETTINGS, SnapshotRoom.UNLIMITED, outbox);

  @BeforeEach
  void meetEverybody() {
    meet(B, vector(D, 10));
    meet(C, vector(D, 9));
  }

  @Test
  void nothingIsFetchedWhileTheLogsReachBack() {
    assertThat(look(fetch, List.of(), 0)).isEmpty();
    assertThat(fetch.progress()).isEmpty();
  }

  @Test
  void whoeverHasMostIsAskedAndOneChunkIsUnderWayAtATime() {
    assertThat(look(0)).contains(request("b", 101, 1));
    assertThat(look(1)).isEmpty();
    assertThat(take(fetch, chunk(B, 101, 1, false), 2)).contains(request("b", 101, 2));
  }

  @Test
  void aCompleteSnapshotIsInstalledAsAWhole() {
    look(0);
    take(fetch, chunk(B, 101, 1, false), 1);
    assertThat(fetch.progress()).contains(new SnapshotProgress(B, 1, 34, false));

    Optional<Action> last = take(fetch, chunk(B, 101, 2, true), 2);

    assertThat(last)
        .contains(
            new InstallSnapshot(
                B, new ReplicaSnapshot(INSTANT, List.of(entry("k1"), entry("k2")))));
    assertThat(fetch.isInstalling()).isTrue();
    assertThat(look(9000)).as("while it is installed").isEmpty();
    fetch.installed();
    assertThat(fetch.progress()).isEmpty();
  }

  @Test
  void chunksThatWereNotAskedForAreIgnored() {
    look(0);
    take(fetch, chunk(B, 101, 1, false), 1);

    assertThat(take(fetch, chunk(B, 101, 1, false), 2)).as("again").isEmpty();
    assertThat(take(fetch, chunk(B, 101, 3, false), 2)).as("out of order").isEmpty();
    assertThat(take(fetch, chunk(B, 100, 2, false), 2)).as("of another transfer").isEmpty();
    assertThat(take(fetch, chunk(C, 101, 2, false), 2)).as("of another peer").isEmpty();
    assertThat(take(fetch, chunk(B, 101, 2, instant(11)), 2)).as("of another instant").isEmpty();
    assertThat(take(fetch, chunk(B, 101, 2, false), 2)).contains(request("b", 101, 3));
  }

  @Test
  void aLostChunkIsAskedForAgain() {
    look(0);
    take(fetch, chunk(B, 101, 1, false), 10);

    assertThat(look(1009)).isEmpty();
    assertThat(look(1010)).contains(request("b", 101, 2));
  }

  @Test
  void aSourceThatDoesNotAnswerIsLeftForAnother() {
    long nowMillis = 0;
    for (int i = 0; i < SnapshotFetch.MAX_TRIES; i++) {
      assertThat(look(nowMillis)).contains(request("b", 101, 1));
      nowMillis += SETTINGS.pullTimeoutMillis();
      keepAlive(nowMillis);
    }

    assertThat(look(nowMillis)).isEmpty();
    assertThat(look(nowMillis + SETTINGS.pullTimeoutMillis())).contains(request("c", 102, 1));
  }

  @Test
  void aSourceThatIsGoneIsLeftForAnotherAtTheNextTimeout() {
    look(0);
    peers.find(C).orElseThrow().heard(4000);

    assertThat(look(4000)).isEmpty();
    assertThat(look(5000)).contains(request("c", 102, 1));
  }

  @Test
  void aRefusalEndsTheTransferAndWhateverCameWithIt() {
    look(0);
    take(fetch, chunk(B, 101, 1, false), 1);

    assertThat(fetch.refused(new SnapshotRefused(B, 101, Reason.OVERRUN), 2)).isFalse();

    assertThat(fetch.progress()).isEmpty();
    assertThat(look(3)).as("not all the time").isEmpty();
    assertThat(look(1002)).contains(request("c", 102, 1));
    assertThat(fetch.refused(new SnapshotRefused(C, 102, Reason.BUSY), 1003)).isTrue();
    assertThat(look(2003)).contains(request("b", 103, 1));
  }

  @Test
  void aRefusalOfAnEarlierTransferChangesNothing() {
    look(0);

    assertThat(fetch.refused(new SnapshotRefused(B, 99, Reason.BUSY), 1)).isFalse();

    assertThat(fetch.progress()).isPresent();
  }

  @Test
  void aSnapshotThatDoesNotFitIsGivenUpAndTriedAgainEverMoreRarely() {
    DataLimit limit = new DataLimit(1000, 100);
    SnapshotFetch full =
        new SnapshotFetch(
            A, 100, SETTINGS, new SnapshotRoom(new KeyStates(), () -> 1300, limit), outbox);
    List<Peer> sources = List.of(peers.all().iterator().next());
    look(full, sources, 0);

    assertThat(take(full, chunk(B, 101, 1, false), 1)).as("one key of 220 bytes fits").isPresent();
    assertThat(take(full, chunk(B, 101, 2, false), 2)).as("two do not").isEmpty();
    assertThat(full.progress()).isEmpty();
    assertThat(full.noRoom()).startsWith("the snapshot of b.1 does not fit: 2 keys");
    keepAlive(6000);
    assertThat(look(full, sources, SnapshotFetch.LEAST_NO_ROOM_MILLIS)).isEmpty();
    assertThat(look(full, sources, 2 + SnapshotFetch.LEAST_NO_ROOM_MILLIS)).isPresent();

    take(full, chunk(B, 102, 1, false), 6000);
    take(full, chunk(B, 102, 2, false), 6000);
    keepAlive(12_000);
    assertThat(look(full, sources, 12_000)).as("twice the pause").isEmpty();
    assertThat(look(full, sources, 16_000)).isPresent();

    take(full, chunk(B, 103, 1, true), 16_001);
    assertThat(full.isInstalling()).isTrue();
    full.doesNotFit(16_002);
    assertThat(full.isInstalling()).isFalse();
    assertThat(full.noRoom())
        .endsWith(
            "and with it the data would have more than 1100, its limit and reserve (store.dataBytes 1000)");
    assertThat(look(full, List.of(), 16_003)).as("the logs reach back again").isEmpty();
    assertThat(full.noRoom()).isEmpty();
    assertThat(look(full, sources, 16_004)).as("nothing is left to wait for").isPresent();
  }

  @Test
  void whatIsHereAlreadyNeedsNoRoom() {
    SnapshotEntry first = entry("k1");
    KeyStates here = new KeyStates(vector(D, 1), Map.of("k1", first.state()));
    SnapshotRoom room = new SnapshotRoom(here, here::dataBytes, new DataLimit(1000, 100));

    SnapshotEntry shared = room.share(entry("k1"));

    assertThat(shared).isEqualTo(first);
    assertThat(shared.state()).isSameAs(first.state());
    assertThat(SnapshotRoom.bytes(first, shared)).isLessThan(100);
    SnapshotEntry other = entry("k2");
    assertThat(room.share(other)).isSameAs(other);
    assertThat(SnapshotRoom.bytes(other, other)).isGreaterThan(200);
  }

  private Optional<Action> look(long nowMillis) {
    return look(
        fetch, List.of(peers.find(C).orElseThrow(), peers.find(B).orElseThrow()), nowMillis);
  }

  private Optional<Action> look(SnapshotFetch which, List<Peer> sources, long nowMillis) {
    which.look(sources, peers, nowMillis);
    return outbox.take().stream().findFirst();
  }

  private Optional<Action> take(SnapshotFetch which, SnapshotChunk chunk, long nowMillis) {
    boolean goesOn = which.take(chunk, nowMillis);
    Optional<Action> next = outbox.take().stream().findFirst();
    assertThat(goesOn).isEqualTo(next.isPresent());
    return next;
  }

  private void meet(Replica replica, VersionVector applied) {
    peers
        .meet(replica, 1, 0)
        .orElseThrow()
        .peer()
        .accept(Fixtures.digest(replica, 1, applied), A, 0);
  }

  private void keepAlive(long nowMillis) {
    peers.all().forEach(peer -> peer.heard(nowMillis));
  }

  private static Send request(String peer, long transfer, long number) {
    return new Send(peer, new SnapshotRequest(A, transfer, number, SETTINGS.pullBytes()));
  }

  private static SnapshotChunk chunk(Replica sender, long transfer, long number, boolean last) {
    return new SnapshotChunk(sender, transfer, number, INSTANT, List.of(entry("k" + number)), last);
  }

  private static SnapshotChunk chunk(
      Replica sender, long transfer, long number, SnapshotInstant instant) {
    return new SnapshotChunk(sender, transfer, number, instant, List.of(), false);
  }

  private static SnapshotInstant instant(long sequence) {
    return new SnapshotInstant(vector(D, sequence), VersionVector.EMPTY, 17);
  }

  private static SnapshotEntry entry(String key) {
    KeyVersion version = new KeyVersion(new Dot(D, 1), 1, new Mutation.Delete(key), 0);
    return new SnapshotEntry(key, KeyState.of(version, List.of()));
  }
}
