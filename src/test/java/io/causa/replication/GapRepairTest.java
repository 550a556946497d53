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
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import io.causa.replication.Action.Send;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.Receipt;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replica is a; d is the origin that does not deliver; b and c can help. */
class GapRepairTest {

  private static final VersionVector NOTHING = VersionVector.EMPTY;

  private final Peers peers = new Peers(SETTINGS);
  private final Outbox outbox = new Outbox();
  private final Membership membership = new Membership(A, Roster.EMPTY, NOTHING, new Outbox());
  private final GapRepair repair = new GapRepair(A, peers, membership, SETTINGS, outbox);
  private long digests;

  @BeforeEach
  void meetEverybody() {
    digest(B, vector(D, 10), NOTHING, 0);
    digest(C, vector(D, 8), NOTHING, 0);
    digest(D, vector(D, 10), NOTHING, 0);
  }

  @Test
  void aLiveOriginHasItsTimeToDeliver() {
    assertThat(look(NOTHING, 0)).isEmpty();
    assertThat(look(NOTHING, 699)).isEmpty();
    assertThat(look(NOTHING, 700)).containsExactly(pull("b", 1, 10));
  }

  @Test
  void progressRenewsTheTimeOfTheOrigin() {
    look(NOTHING, 0);
    look(vector(D, 2), 600);

    assertThat(look(vector(D, 2), 1299)).isEmpty();
    assertThat(look(vector(D, 2), 1300)).containsExactly(pull("b", 3, 10));
  }

  @Test
  void aSilentOriginIsNotWaitedFor() {
    keepAlive(4000, B, C);

    assertThat(look(NOTHING, 4000)).containsExactly(pull("b", 1, 10));
  }

  @Test
  void anEarlierGenerationIsNotWaitedFor() {
    Replica old = new Replica("b", 9);
    digest(C, vector(old, 3), NOTHING, 0);

    assertThat(look(vector(D, 10), 0))
        .containsExactly(new Send("c", new Pull(A, old, 1, 3, SETTINGS.pullBytes())));
  }

  @Test
  void anEarlierGenerationOfTheOwnNameIsPulledLikeAnyOther() {
    Replica old = new Replica("a", 9);
    digest(C, vector(old, 3).join(vector(A, 7)), NOTHING, 0);

    assertThat(look(vector(D, 10), 0))
        .containsExactly(new Send("c", new Pull(A, old, 1, 3, SETTINGS.pullBytes())));
  }

  @Test
  void onePullIsUnderWayForAnOrigin() {
    look(NOTHING, 0);
    look(NOTHING, 700);

    assertThat(look(NOTHING, 1600)).isEmpty();
  }

  @Test
  void afterATimeoutAnotherMemberIsAskedAndTheOriginLast() {
    look(NOTHING, 0);
    assertThat(look(NOTHING, 700)).containsExactly(pull("b", 1, 10));
    assertThat(look(NOTHING, 1700)).containsExactly(pull("c", 1, 8));
    keepAlive(3000, B, C, D);
    assertThat(look(NOTHING, 3699)).isEmpty();
    assertThat(look(NOTHING, 3700)).containsExactly(pull("d", 1, 10));
    keepAlive(6000, B, C, D);
    keepAlive(7700, B, C, D);
    assertThat(look(NOTHING, 7700)).containsExactly(pull("b", 1, 10));
  }

  @Test
  void everyGapHasItsTurnThoughTheFirstOnesAreNeverFilled() {
    VersionVector many = NOTHING;
    for (long generation = 1; generation <= 10; generation++) {
      many = many.with(new Dot(new Replica("old", generation), 1));
    }
    digest(C, many, NOTHING, 0);
    List<Send> first = look(vector(D, 10), 0);
    keepAlive(1000, B, C, D);

    List<Send> second = look(vector(D, 10), 1000);

    assertThat(first).hasSize(GapRepair.MAX_PULLS);
    assertThat(Stream.concat(first.stream(), second.stream()).map(this::origin).distinct())
        .hasSize(10);
  }

  @Test
  void aSourceThatFallsSilentIsGivenUp() {
    look(NOTHING, 0);
    look(NOTHING, 2900);
    keepAlive(3100, C, D);

    assertThat(look(NOTHING, 3100)).containsExactly(pull("c", 1, 8));
  }

  @Test
  void whenAPulledBatchArrivesTheRestIsAskedForAtOnce() {
    look(NOTHING, 0);
    look(NOTHING, 700);

    repair.arrived(B, vector(D, 4), 750);

    assertThat(look(vector(D, 4), 750)).containsExactly(pull("b", 5, 10));
  }

  @Test
  void aPulledBatchThatWasNotAskedForChangesNothing() {
    look(NOTHING, 0);
    look(NOTHING, 700);

    repair.arrived(C, vector(D, 4), 750);

    assertThat(look(vector(D, 4), 750)).isEmpty();
  }

  @Test
  void onlyTheGapIsPulledWhenWritesBehindItAreHere() {
    Receipt here = new Receipt(vector(D, 2), vector(D, 6));
    look(here, 0);

    assertThat(look(here, 700)).containsExactly(pull("b", 3, 5));
  }

  @Test
  void aGapThatNobodysDigestKnowsIsSeenByTheWritesBehindIt() {
    Receipt here = new Receipt(vector(D, 10), vector(D, 14));
    look(here, 0);
    digest(C, vector(D, 12), NOTHING, 500);

    assertThat(look(here, 700)).containsExactly(pull("c", 11, 12));
  }

  @Test
  void whoHasTrimmedTheWritesIsNotAsked() {
    digest(B, vector(D, 10), vector(D, 3), 1);
    look(vector(D, 2), 1);
    assertThat(look(vector(D, 2), 701)).containsExactly(pull("c", 3, 8));

    digest(C, vector(D, 8), vector(D, 3), 702);
    digest(D, vector(D, 10), vector(D, 3), 702);
    assertThat(look(vector(D, 2), 1800)).isEmpty();
  }

  @Test
  void whatIsInNobodysLogCanComeByASnapshotOnlyOnceItsOriginHadItsTime() {
    VersionVector trimmed = vector(D, 3);
    digest(B, vector(D, 10), trimmed, 1);
    digest(C, vector(D, 8), trimmed, 1);
    look(vector(D, 2), 1);
    assertThat(repair.onlyBySnapshot(701)).as("d's log reaches back").isEmpty();

    digest(D, vector(D, 10), trimmed, 2);
    assertThat(repair.onlyBySnapshot(700)).isEmpty();

    assertThat(repair.onlyBySnapshot(701)).extracting(Peer::name).containsExactly("b", "c", "d");
    look(vector(D, 9), 702);
    assertThat(repair.onlyBySnapshot(1402)).as("here is enough for the logs").isEmpty();
  }

  @Test
  void aPeerThatHasNoMoreThanIsHereIsNoSourceOfASnapshot() {
    digest(B, vector(D, 2), vector(D, 2), 1);
    digest(C, vector(D, 8), vector(D, 3), 1);
    digest(D, vector(D, 10), vector(D, 3), 1);
    look(vector(D, 2), 1);

    assertThat(repair.onlyBySnapshot(701)).extracting(Peer::name).containsExactly("c", "d");
  }

  @Test
  void somethingThatArrivesElsewhereEndsTheBackoff() {
    look(NOTHING, 0);
    look(NOTHING, 700);
    assertThat(look(NOTHING, 1700)).containsExactly(pull("c", 1, 8));

    assertThat(look(vector(B, 1), 2700)).containsExactly(pull("d", 1, 10));
  }

  @Test
  void aFilledGapIsForgotten() {
    look(NOTHING, 0);
    look(NOTHING, 700);

    assertThat(look(vector(D, 10), 5000)).isEmpty();
  }

  @Test
  void thePullsInAllAreBounded() {
    VersionVector many =
        LongStream.rangeClosed(10, 40)
            .mapToObj(generation -> vector(new Replica("old", generation), 1))
            .reduce(NOTHING, VersionVector::join);
    digest(B, many, NOTHING, 0);

    assertThat(look(vector(D, 10), 0)).hasSize(GapRepair.MAX_PULLS);
    assertThat(look(vector(D, 10), 1)).isEmpty();
  }

  /** Others have a base in place of the entries, and say it: the table says what there is. */
  @Test
  void whatEndedBeforeABaseIsPulledAsTheTableSays() {
    Replica ended = new Replica("old", 3);
    Dot base = Dot.ofBase("old", 5);
    Endings table =
        Endings.of(List.of(new Dot(ended, 4)), Map.of("old", base.sequence()), Map.of());
    membership.heard(Roster.EMPTY.end(table));
    digest(B, vector(D, 10).with(base), NOTHING, 0);

    assertThat(look(vector(D, 10), 0))
        .containsExactly(new Send("b", new Pull(A, ended, 1, 4, SETTINGS.pullBytes())));
    VersionVector all = vector(D, 10).with(new Dot(ended, 4));
    assertThat(look(all, 9000)).isEmpty();
  }

  private List<Send> look(VersionVector received, long nowMillis) {
    return look(new Receipt(received, NOTHING), nowMillis);
  }

  private List<Send> look(Receipt here, long nowMillis) {
    repair.look(here, nowMillis);
    return outbox.take().stream().map(Send.class::cast).toList();
  }

  private void digest(
      Replica sender, VersionVector applied, VersionVector trimmed, long nowMillis) {
    Peer peer = peers.meet(sender, 1, nowMillis).orElseThrow().peer();
    peer.accept(
        new Digest(sender, 1, ++digests, applied, applied, trimmed, ALONE, 0), A, nowMillis);
    peer.heard(nowMillis);
  }

  private void keepAlive(long nowMillis, Replica... replicas) {
    for (Replica replica : replicas) {
      peers.find(replica).orElseThrow().heard(nowMillis);
    }
  }

  private static Send pull(String peer, long from, long to) {
    return new Send(peer, new Pull(A, D, from, to, SETTINGS.pullBytes()));
  }

  private Replica origin(Send pull) {
    return ((Pull) pull.message()).origin();
  }
}
