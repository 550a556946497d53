package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.ALONE;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.SETTINGS;
import static io.causa.replication.Fixtures.digest;
import static io.causa.replication.Fixtures.page;
import static io.causa.replication.Fixtures.vector;
import static io.causa.replication.Fixtures.writes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.identity.Incarnation;
import io.causa.identity.Standing;
import io.causa.membership.Capabilities;
import io.causa.membership.Declaration;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.Roster;
import io.causa.replication.Action.Broadcast;
import io.causa.replication.Action.Collision;
import io.causa.replication.Action.Confirmed;
import io.causa.replication.Action.Expelled;
import io.causa.replication.Action.KeepRoster;
import io.causa.replication.Action.MayStamp;
import io.causa.replication.Action.NoteStanding;
import io.causa.replication.Action.OlderCopy;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.Action.Ready;
import io.causa.replication.Action.Send;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.replication.message.Receipt;
import io.causa.replication.view.PeerView;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The replica is a, in session 5, with ten writes of its own. */
class ReplicatorTest {

  private static final VersionVector NOTHING = VersionVector.EMPTY;
  private static final long SESSION = 5;

  private final Replicator replicator =
      new Replicator(
          A,
          "http://a",
          SETTINGS,
          vector(A, 10),
          NOTHING,
          ALONE,
          Incarnation.found(SESSION, 10),
          SnapshotRoom.UNLIMITED);

  @Test
  void aStartingReplicaCallsOut() {
    replicator.start(1, 0);

    assertThat(replicator.takeActions())
        .containsExactly(new Broadcast(new Presence(A, SESSION, "http://a", Capabilities.OWN)));
    assertThat(replicator.takeActions()).isEmpty();
  }

  @Test
  void aReplicaIsStartedOnce() {
    replicator.start(1, 0);

    assertThatThrownBy(() -> replicator.start(1, 1)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void itCallsOftenUntilItIsReadyAndThenRarely() {
    replicator.start(1, 0);
    replicator.takeActions();
    replicator.tick(500);
    assertThat(taken(Broadcast.class)).hasSize(1);

    replicator.digest(digest(B, 1, NOTHING), 600);
    replicator.tick(1000);
    assertThat(taken(Broadcast.class)).hasSize(1);
    replicator.tick(3999);
    assertThat(taken(Broadcast.class)).isEmpty();
    replicator.tick(4000);
    assertThat(taken(Broadcast.class)).hasSize(1);
  }

  @Test
  void aLonelyReplicaIsReadyAsSoonAsItHasNotedThatNobodyKnowsItsPast() {
    replicator.start(0, 0);

    assertThat(replicator.takeActions()).contains(new NoteStanding(Standing.doubted(10)));
    assertThat(replicator.isReady()).isFalse();
    assertThat(replicator.view(0).notReady()).isNotEmpty();
    replicator.standingNoted(new NoteStanding(Standing.doubted(10)), 1);
    assertThat(replicator.takeActions()).contains(new Ready(""));
    assertThat(replicator.isReady()).isTrue();
  }

  @Test
  void aNewPeerIsGreetedOnceWithPresenceAndDigest() {
    replicator.presence(new Presence(B, 1, "http://b"), 0);

    assertThat(replicator.takeActions())
        .containsExactly(
            new Send("b", new Presence(A, SESSION, "http://a", Capabilities.OWN)),
            new Send(
                "b",
                new Digest(
                    A,
                    SESSION,
                    1,
                    vector(A, 10),
                    vector(A, 10),
                    NOTHING,
                    ALONE,
                    1,
                    Capabilities.OWN)));
    replicator.presence(new Presence(B, 1, "http://b"), 1);
    assertThat(replicator.takeActions()).isEmpty();
    replicator.presence(new Presence(B, 2, "http://b"), 2);
    assertThat(replicator.takeActions()).hasSize(2);
  }

  @Test
  void nothingIsSentBeforeThePeerSaysWhatItHas() {
    replicator.presence(new Presence(B, 1, "http://b"), 0);
    replicator.takeActions();

    replicator.tick(10);

    assertThat(taken(ReadLog.class)).isEmpty();
  }

  @Test
  void ownWritesArePushedWhenEveryPeerThatIsNotSilentHasAppliedThem() {
    assertThat(replicator.isPushed(10, 0)).as("without peers").isTrue();
    assertThat(replicator.isPushed(11, 0)).as("not even applied here").isFalse();

    replicator.presence(new Presence(C, 1, "http://c"), 0);
    replicator.digest(
        new Digest(B, 1, 1, vector(A, 10), vector(A, 9), NOTHING, Roster.EMPTY, SESSION), 2000);
    assertThat(replicator.isPushed(9, 2000)).as("nobody knows what c has").isFalse();
    assertThat(replicator.isPushed(9, 3001)).as("c is silent").isTrue();
    assertThat(replicator.isPushed(10, 3001)).as("b has only received it").isFalse();

    replicator.digest(digest(B, 2, vector(A, 10)), 3002);
    assertThat(replicator.isPushed(10, 3002)).isTrue();
  }

  @Test
  void ownWritesAreReadFromWhereThePeerStandsAndSent() {
    replicator.digest(digest(B, 1, vector(A, 7)), 0);
    ReadLog read = onlyRead();

    replicator.logRead(read, page(read), NOTHING, 1);

    assertThat(read.from()).isEqualTo(8);
    assertThat(taken(Send.class))
        .containsExactly(new Send("b", new WriteBatch(A, false, page(read))));
  }

  @Test
  void aCompletedCommitIsSentAtOnce() {
    replicator.digest(digest(B, 1, vector(A, 10)), 0);
    assertThat(taken(ReadLog.class)).isEmpty();

    replicator.applied(vector(A, 11), 1);

    assertThat(onlyRead().from()).isEqualTo(11);
  }

  @Test
  void anOvertakenDigestIsIgnored() {
    replicator.digest(digest(B, 2, vector(A, 10)), 0);
    replicator.takeActions();

    replicator.digest(digest(B, 1, vector(A, 3)), 1);

    assertThat(taken(ReadLog.class)).isEmpty();
    assertThat(replicator.view(1).peers().get(0).received()).isEqualTo(vector(A, 10));
  }

  @Test
  void aNewSessionIsBelievedThoughItHasLess() {
    replicator.digest(digest(B, 9, vector(A, 10)), 0);
    replicator.takeActions();

    replicator.digest(new Digest(B, 2, 1, vector(A, 3), vector(A, 3), NOTHING, ALONE, SESSION), 1);

    assertThat(onlyRead().from()).isEqualTo(4);
  }

  @Test
  void anEarlierSessionIsIgnoredWhileTheLaterOneLives() {
    replicator.digest(
        new Digest(B, 2, 1, vector(A, 10), vector(A, 10), NOTHING, ALONE, SESSION), 0);
    replicator.takeActions();

    replicator.digest(digest(B, 9, vector(A, 3)), 3000);
    assertThat(replicator.takeActions()).isEmpty();

    replicator.digest(digest(B, 9, vector(A, 3)), 3001);
    assertThat(onlyRead().from()).isEqualTo(4);
  }

  @Test
  void whatALonelyReplicaStampsStaysHereUntilAllMembersHaveBeenHeard() {
    serveAlone();
    replicator.applied(vector(A, 12), 100);
    hearOf(ALONE.declare(B).declare(C));

    replicator.digest(digest(B, 1, vector(A, 10)), 200);
    assertThat(taken(ReadLog.class)).isEmpty();
    replicator.digest(digest(B, 2, vector(A, 10)), 250);
    replicator.pull(new Pull(B, A, 11, 12, 1000), 250);
    replicator.tick(1000);
    assertThat(replicator.takeActions())
        .noneMatch(ReadLog.class::isInstance)
        .filteredOn(Send.class::isInstance)
        .extracting(action -> ((Send) action).message())
        .filteredOn(Digest.class::isInstance)
        .isNotEmpty()
        .allMatch(message -> ((Digest) message).applied().get(A) == 10)
        .allMatch(message -> ((Digest) message).received().get(A) == 10);

    replicator.digest(digest(C, 1, vector(A, 9)), 1100);
    assertThat(taken(NoteStanding.class)).containsExactly(new NoteStanding(Standing.TRUSTED));
    replicator.tick(1200);
    assertThat(taken(ReadLog.class)).as("not before that is durable").isEmpty();
    replicator.standingNoted(new NoteStanding(Standing.TRUSTED), 1300);
    assertThat(taken(ReadLog.class)).isNotEmpty().allMatch(read -> read.to() == 12);
  }

  @Test
  void whatIsAppliedAfterAWriteThatStaysHereIsReceivedAndNotClaimed() {
    serveAlone();
    replicator.applied(vector(A, 10).join(vector(B, 1)), 100);
    replicator.applied(vector(A, 11).join(vector(B, 2)), 101);
    VersionVector received = vector(A, 11).join(vector(B, 3));

    replicator.receivedBatch(new Receipt(received, NOTHING), B, false, 102);

    List<Digest> digests = taken(Send.class).stream().map(send -> (Digest) send.message()).toList();
    assertThat(digests)
        .singleElement()
        .returns(vector(A, 10).join(vector(B, 1)), Digest::applied)
        .returns(vector(A, 10).join(vector(B, 3)), Digest::received);
  }

  @Test
  void whoIsRevealedByTheFirstDigestIsWaitedForLikeAllOthers() {
    replicator.start(1, 0);
    Roster further = ALONE.declare(B).declare(C);
    replicator.digest(
        new Digest(B, 1, 1, vector(A, 10), vector(A, 10), NOTHING, further, SESSION), 10);
    assertThat(replicator.takeActions())
        .noneMatch(Confirmed.class::isInstance)
        .noneMatch(MayStamp.class::isInstance);

    replicator.digest(digest(C, 1, vector(A, 13)), 20);

    assertThat(replicator.takeActions()).contains(new OlderCopy(C, 13, Standing.renounced(10)));
  }

  @Test
  void theStoreHearsOnceAndBeforeTheClientsThatItMayStamp() {
    replicator.start(1, 0);
    replicator.takeActions();
    replicator.rosterKept(ALONE.declare(B), 1);
    replicator.digest(digest(B, 1, vector(A, 10)), 10);
    replicator.tick(20);

    assertThat(replicator.takeActions())
        .filteredOn(action -> action instanceof MayStamp || action instanceof Ready)
        .containsExactly(new MayStamp(), new Ready(""));
  }

  @Test
  void aDoubtedReplicaMayStampOnceThatIsNoted() {
    replicator.start(0, 0);
    assertThat(taken(MayStamp.class)).isEmpty();

    replicator.standingNoted(new NoteStanding(Standing.doubted(10)), 50);

    assertThat(taken(MayStamp.class)).hasSize(1);
  }

  @Test
  void aMemberThatCannotBeHeardDelaysThemOnlyForAWhile() {
    serveAlone();
    hearOf(ALONE.declare(B).declare(C));
    replicator.digest(digest(B, 1, vector(A, 10)), 200);
    for (int digests = 1; digests < Parts.GRACE_DIGESTS; digests++) {
      replicator.digest(digest(B, 1 + digests, vector(A, 10)), 200 + digests * 500L);
      assertThat(taken(NoteStanding.class)).isEmpty();
    }

    replicator.digest(digest(B, 20, vector(A, 10)), 200 + Parts.GRACE_DIGESTS * 500L);

    assertThat(taken(NoteStanding.class)).containsExactly(new NoteStanding(Standing.TRUSTED));
  }

  @Test
  void timeInWhichNobodyIsHeardDoesNotCount() {
    serveAlone();
    hearOf(ALONE.declare(B).declare(C));
    replicator.digest(digest(B, 1, vector(A, 10)), 200);

    replicator.tick(600_000);
    replicator.digest(digest(B, 2, vector(A, 10)), 600_001);

    assertThat(taken(NoteStanding.class)).isEmpty();
  }

  @Test
  void aLonelyReplicaThatIsAnOlderCopyHasSpreadNothing() {
    serveAlone();
    replicator.applied(vector(A, 14), 100);
    replicator.digest(digest(B, 1, vector(A, 10)), 200);
    replicator.takeActions();

    replicator.digest(digest(C, 1, vector(A, 13)), 300);

    assertThat(replicator.takeActions())
        .containsExactly(new OlderCopy(C, 13, Standing.renounced(10)));
  }

  /** An overtaken digest of b, which had not heard this run yet, shows the members. */
  private void hearOf(Roster members) {
    replicator.digest(new Digest(B, 1, 0, vector(A, 10), vector(A, 10), NOTHING, members, 0), 100);
    replicator.rosterKept(members, 100);
    replicator.takeActions();
  }

  private void serveAlone() {
    replicator.start(0, 0);
    replicator.takeActions();
    replicator.standingNoted(new NoteStanding(Standing.doubted(10)), 50);
    assertThat(taken(Ready.class)).hasSize(1);
  }

  @Test
  void aPeerThatKnowsMoreOfOurWritesShowsThatTheDataIsAnOlderCopy() {
    replicator.digest(digest(B, 1, vector(A, 11)), 0);

    assertThat(replicator.takeActions())
        .containsExactly(new OlderCopy(B, 11, Standing.renounced(10)));
  }

  @Test
  void anOlderCopySaysNothingMore() {
    replicator.digest(digest(B, 1, vector(A, 11)), 0);
    replicator.takeActions();

    replicator.presence(new Presence(C, 1, "http://c"), 1);
    replicator.digest(digest(C, 1, NOTHING), 1);
    replicator.tick(1000);

    assertThat(replicator.takeActions()).isEmpty();
  }

  @Test
  void anOlderCopyWhoseNewWritesHaveLeftHasSpread() {
    replicator.digest(digest(C, 1, vector(A, 10)), 0);
    replicator.takeActions();
    replicator.applied(vector(A, 11), 1);
    ReadLog read = onlyRead();
    replicator.logRead(read, page(read), NOTHING, 1);

    replicator.digest(digest(B, 1, vector(A, 12)), 2);

    assertThat(replicator.takeActions()).containsExactly(new OlderCopy(B, 12, Standing.forked(10)));
  }

  @Test
  void aPushedBatchIsAcknowledgedAtOnce() {
    replicator.receivedBatch(new Receipt(vector(B, 3), NOTHING), B, false, 0);

    VersionVector received = vector(A, 10).join(vector(B, 3));
    assertThat(replicator.takeActions())
        .containsExactly(
            new Send(
                "b",
                new Digest(
                    A, SESSION, 1, received, vector(A, 10), NOTHING, ALONE, 0, Capabilities.OWN)));
  }

  @Test
  void everyPeerGetsADigestRegularlyAndASilentOneRarely() {
    replicator.digest(digest(B, 1, vector(A, 10)), 0);
    replicator.takeActions();

    assertThat(digestsSentUntil(0, 3000)).isEqualTo(6);
    assertThat(digestsSentUntil(3000, 13_000)).isBetween(5L, 6L);
  }

  @Test
  void aSilentPeerGetsNoWrites() {
    replicator.digest(digest(B, 1, vector(A, 10)), 0);
    replicator.takeActions();

    replicator.applied(vector(A, 20), 3001);
    replicator.tick(3100);

    assertThat(taken(ReadLog.class)).isEmpty();
    assertThat(replicator.view(3100).peers()).singleElement().matches(PeerView::silent);
  }

  @Test
  void aPeerThatIsHeardAgainIsAnsweredAndServedAtOnce() {
    replicator.digest(digest(B, 1, vector(A, 10)), 0);
    replicator.applied(vector(A, 20), 3001);
    replicator.takeActions();

    replicator.digest(digest(B, 2, vector(A, 10)), 60_000);

    assertThat(replicator.takeActions())
        .satisfiesExactly(
            answer -> assertThat(answer).isInstanceOf(Send.class),
            read -> assertThat(read).isInstanceOf(ReadLog.class));
  }

  @Test
  void whatWasUnderWayToAPeerThatFellSilentIsSentAgainOnceItIsHeard() {
    replicator.digest(digest(B, 1, vector(A, 7)), 0);
    answer(onlyRead(), 0);
    assertThat(pushed()).hasSize(1);

    replicator.digest(digest(B, 2, vector(A, 7)), 60_000);

    assertThat(pushed()).singleElement().satisfies(batch -> assertThat(first(batch)).isEqualTo(8));
  }

  @Test
  void aPeerThatReceivesFromOthersIsNotLeftInTheBackoff() {
    replicator.digest(digest(B, 1, vector(A, 7)), 0);
    answer(onlyRead(), 0);
    assertThat(pushed()).hasSize(1);
    replicator.tick(1000);
    assertThat(pushed()).hasSize(1);

    replicator.digest(digest(B, 2, vector(A, 7).join(vector(C, 1))), 1500);
    replicator.tick(2000);

    assertThat(pushed()).singleElement().satisfies(batch -> assertThat(first(batch)).isEqualTo(8));
  }

  @Test
  void peersThatNeedTheSameShareARead() {
    replicator.digest(digest(B, 1, vector(A, 7)), 0);
    replicator.digest(digest(C, 1, vector(A, 7)), 0);

    answer(onlyRead(), 0);

    List<Send> sent = taken(Send.class);
    assertThat(sent).extracting(Send::peer).containsExactly("b", "c");
    assertThat(sent.get(0).message()).isSameAs(sent.get(1).message());
  }

  @Test
  void whoNeedsWhatAnotherGotGetsTheSameBatch() {
    replicator.digest(digest(B, 1, vector(A, 7)), 0);
    answer(onlyRead(), 0);
    List<WriteBatch> first = pushed();

    replicator.digest(digest(C, 1, vector(A, 7)), 1);

    List<WriteBatch> second = pushed();
    assertThat(second).hasSize(1);
    assertThat(second.get(0)).isSameAs(first.get(0));
  }

  @Test
  void aReadServesWhoWaitsForItAlthoughWhoAskedHasThemBySomebodyElse() {
    replicator.digest(digest(B, 1, vector(A, 7)), 0);
    ReadLog read = onlyRead();
    replicator.digest(digest(C, 1, vector(A, 7)), 0);
    replicator.digest(digest(B, 2, vector(A, 10)), 1);
    replicator.takeActions();

    answer(read, 2);

    assertThat(taken(Send.class)).extracting(Send::peer).containsExactly("c");
  }

  @Test
  void aLogThatReturnsOtherWritesIsABrokenInvariant() {
    replicator.digest(digest(B, 1, vector(A, 7)), 0);
    ReadLog read = onlyRead();

    assertThatThrownBy(() -> replicator.logRead(read, writes(A, 9, 10), NOTHING, 0))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a.1:8")
        .hasMessageContaining("a.1:9");
  }

  @Test
  void aPresenceOfASilentPeerIsAnsweredWithADigestButProvesNothing() {
    replicator.digest(digest(B, 1, vector(A, 10)), 0);
    replicator.takeActions();

    replicator.presence(new Presence(B, 1, "http://b"), 4000);

    assertThat(replicator.takeActions()).hasSize(1);
    assertThat(replicator.view(4000).peers()).singleElement().matches(PeerView::silent);
  }

  @Test
  void aPullIsAnsweredFromTheLog() {
    replicator.pull(new Pull(B, A, 3, 50, 1 << 30), 0);
    ReadLog read = onlyRead();

    assertThat(read.to()).as("no further than what is applied").isEqualTo(10);
    assertThat(read.maxBytes()).isEqualTo(SETTINGS.pullBytes());
    replicator.logRead(read, page(read), NOTHING, 1);
    assertThat(replicator.takeActions())
        .containsExactly(new Send("b", new WriteBatch(A, true, page(read))));
  }

  @Test
  void aPullOfWhatTheLogDoesNotHoldIsNotAnsweredAndTheNextDigestSaysWhy() {
    replicator.pull(new Pull(B, A, 3, 5, 1000), 0);

    replicator.logRead(onlyRead(), List.of(), vector(A, 4), 1);
    assertThat(replicator.takeActions()).isEmpty();

    replicator.receivedBatch(new Receipt(NOTHING, NOTHING), B, false, 2);
    assertThat(replicator.takeActions())
        .first()
        .isEqualTo(
            new Send(
                "b",
                new Digest(
                    A,
                    SESSION,
                    1,
                    vector(A, 10),
                    vector(A, 10),
                    vector(A, 4),
                    ALONE,
                    0,
                    Capabilities.OWN)));
  }

  @Test
  void aPullOfWhatIsNotHereIsDropped() {
    replicator.pull(new Pull(B, C, 1, 5, 1000), 0);
    replicator.pull(new Pull(B, A, 11, 15, 1000), 0);
    replicator.pull(new Pull(B, A, 0, 5, 1000), 0);

    assertThat(replicator.takeActions()).isEmpty();
  }

  @Test
  void moreThanABoundedNumberOfPullsIsDropped() {
    for (int i = 0; i < 2 * Streams.MAX_PULL_READS; i++) {
      replicator.pull(new Pull(B, A, 1, 5, 1000), 0);
    }
    List<ReadLog> reads = taken(ReadLog.class);
    assertThat(reads).hasSize(Streams.MAX_PULL_READS);

    replicator.logRead(reads.get(0), page(reads.get(0)), NOTHING, 1);
    replicator.takeActions();
    replicator.pull(new Pull(B, A, 1, 5, 1000), 2);
    assertThat(taken(ReadLog.class)).hasSize(1);
  }

  @Test
  void theOwnPresenceComesBackAndIsIgnored() {
    replicator.presence(new Presence(A, SESSION, "http://a", Capabilities.OWN), 0);

    assertThat(replicator.takeActions()).isEmpty();
    assertThat(replicator.view(0).peers()).isEmpty();
  }

  @Test
  void anEarlierNodeWithTheSameIdentityStopsThisOne() {
    Replica other = A;
    replicator.start(0, 0);
    replicator.takeActions();

    replicator.presence(new Presence(other, 4, "http://other"), 100);
    replicator.tick(500);
    assertThat(taken(Broadcast.class)).hasSize(1);
    replicator.presence(new Presence(other, 4, "http://other"), 1200);

    assertThat(replicator.takeActions()).containsExactly(new Collision(other, "http://other"));
  }

  @Test
  void aLaterNodeWithTheSameNameHearsOfThisOneSoonButNotInAStorm() {
    replicator.start(0, 0);
    replicator.takeActions();
    for (long nowMillis = 50; nowMillis <= 2000; nowMillis += 50) {
      replicator.presence(new Presence(A, 6, "http://other"), nowMillis);
      replicator.tick(nowMillis);
    }

    assertThat(taken(Broadcast.class)).hasSize(4);
  }

  @Test
  void theViewOfAPeerSaysWhatItHas() {
    replicator.presence(new Presence(B, 1, "http://b"), 0);
    replicator.digest(
        new Digest(B, 1, 1, vector(A, 9), vector(A, 8), vector(A, 2), ALONE, SESSION), 100);

    assertThat(replicator.view(150).peers())
        .containsExactly(
            new PeerView(
                B,
                1,
                "http://b",
                Capabilities.UNSAID,
                false,
                50,
                true,
                vector(A, 9),
                vector(A, 8),
                vector(A, 2),
                0,
                false));
  }

  @Test
  void whomADigestShowsIsMadeDurableAndThenShownToAll() {
    Roster both = ALONE.declare(B);
    replicator.digest(new Digest(B, 1, 1, NOTHING, NOTHING, NOTHING, both, SESSION), 0);
    assertThat(taken(KeepRoster.class)).containsExactly(new KeepRoster(both));
    assertThat(replicator.roster()).isEqualTo(ALONE);

    replicator.rosterKept(both, 1);

    assertThat(taken(Send.class))
        .singleElement()
        .isEqualTo(
            new Send(
                "b",
                new Digest(
                    A,
                    SESSION,
                    2,
                    vector(A, 10),
                    vector(A, 10),
                    NOTHING,
                    both,
                    1,
                    Capabilities.OWN)));
  }

  @Test
  void itIsNotReadyBeforeTheOthersTakeItForAMember() {
    replicator.start(1, 0);
    Roster withoutSelf = Roster.EMPTY.declare(B);
    replicator.digest(new Digest(B, 1, 1, NOTHING, NOTHING, NOTHING, withoutSelf, SESSION), 0);
    assertThat(replicator.isReady()).isFalse();

    replicator.digest(new Digest(B, 1, 2, NOTHING, NOTHING, NOTHING, ALONE.declare(B), SESSION), 1);

    assertThat(replicator.isReady()).isTrue();
  }

  @Test
  void aSilentMemberIsForgottenAndALiveOneIsNot() {
    Roster both = ALONE.declare(B);
    replicator.digest(new Digest(B, 1, 1, NOTHING, NOTHING, NOTHING, both, SESSION), 0);
    replicator.rosterKept(both, 0);
    replicator.takeActions();

    assertThat(replicator.forget("b", 3000)).isEqualTo(new ForgetOutcome.Live(B, 3000));
    assertThat(replicator.forget("a", 3001)).isEqualTo(new ForgetOutcome.Self(A));
    assertThat(replicator.forget("c", 3001)).isEqualTo(new ForgetOutcome.Unknown("c"));
    assertThat(replicator.takeActions()).isEmpty();
    assertThat(replicator.forget("b", 3001)).isEqualTo(new ForgetOutcome.Forgotten(B));

    assertThat(taken(KeepRoster.class)).containsExactly(new KeepRoster(both.forget(B)));
    assertThat(replicator.view(3001).peers()).isEmpty();
    assertThat(replicator.forget("b", 3001)).isEqualTo(new ForgetOutcome.Forgotten(B));
  }

  @Test
  void aForgottenMemberThatSpeaksAgainIsToldAndIsNoPeer() {
    Roster both = ALONE.declare(B);
    replicator.digest(new Digest(C, 1, 1, NOTHING, NOTHING, NOTHING, both.forget(B), SESSION), 0);
    replicator.rosterKept(both.forget(B), 0);
    replicator.takeActions();

    replicator.digest(new Digest(B, 1, 1, NOTHING, NOTHING, NOTHING, both, SESSION), 1);

    assertThat(taken(Send.class))
        .singleElement()
        .satisfies(
            send -> {
              assertThat(send.peer()).isEqualTo("b");
              assertThat(((Digest) send.message()).roster()).isEqualTo(both.forget(B));
            });
    assertThat(replicator.view(1).peers()).extracting(PeerView::replica).containsExactly(C);
  }

  @Test
  void whoHearsThatItIsForgottenStopsAndSaysNothingMore() {
    replicator.start(1, 0);
    replicator.takeActions();

    Roster without = ALONE.declare(B).forget(A);
    replicator.digest(new Digest(B, 1, 1, NOTHING, NOTHING, NOTHING, without, SESSION), 0);
    replicator.tick(1000);

    assertThat(replicator.takeActions()).containsExactly(new Expelled(A, Standing.renounced(10)));
  }

  @Test
  void whoHearsThatAnotherGenerationTookItsNameStops() {
    Replica heir = new Replica("a", 9);

    replicator.digest(
        new Digest(B, 1, 1, NOTHING, NOTHING, NOTHING, ALONE.declare(heir), SESSION), 0);

    assertThat(replicator.takeActions())
        .containsExactly(new Expelled(heir, Standing.renounced(10)));
  }

  @Test
  void anotherGenerationOfTheNameIsToldWhoHoldsIt() {
    replicator.presence(new Presence(new Replica("a", 9), 1, "http://other"), 100);
    replicator.presence(new Presence(new Replica("a", 9), 1, "http://other"), 1200);

    assertThat(replicator.takeActions())
        .hasSize(2)
        .allMatch(action -> action instanceof Send send && send.peer().equals("a"));
  }

  @Test
  void aNewGenerationOfAKnownNameWaitsWhetherTheEarlierOneLivesBeforeItTakesTheName() {
    Replica again = new Replica("a", 9);
    Replicator restarted =
        new Replicator(
            again,
            "http://a",
            SETTINGS,
            NOTHING,
            NOTHING,
            Roster.EMPTY,
            Incarnation.ofNewGeneration(SESSION, 0),
            SnapshotRoom.UNLIMITED);
    restarted.start(1, 0);
    restarted.digest(new Digest(B, 1, 1, NOTHING, NOTHING, NOTHING, ALONE, SESSION), 10);
    restarted.rosterKept(ALONE, 10);
    restarted.tick(10 + Declaration.LOOK_MILLIS - 1);
    assertThat(restarted.takeActions()).doesNotContain(new KeepRoster(ALONE.declare(again)));

    restarted.tick(10 + Declaration.LOOK_MILLIS);

    assertThat(restarted.takeActions()).contains(new KeepRoster(ALONE.declare(again)));
    assertThat(restarted.isReady()).isFalse();
  }

  private long digestsSentUntil(long fromMillis, long toMillis) {
    for (long nowMillis = fromMillis + 50; nowMillis <= toMillis; nowMillis += 50) {
      replicator.tick(nowMillis);
    }
    return taken(Send.class).stream().filter(send -> send.message() instanceof Digest).count();
  }

  private void answer(ReadLog read, long nowMillis) {
    replicator.logRead(read, page(read), NOTHING, nowMillis);
  }

  private List<WriteBatch> pushed() {
    return taken(Send.class).stream()
        .map(Send::message)
        .filter(WriteBatch.class::isInstance)
        .map(WriteBatch.class::cast)
        .toList();
  }

  private static long first(WriteBatch batch) {
    return batch.writes().get(0).dot().sequence();
  }

  private ReadLog onlyRead() {
    List<ReadLog> reads = taken(ReadLog.class);
    assertThat(reads).hasSize(1);
    return reads.get(0);
  }

  private <T extends Action> List<T> taken(Class<T> type) {
    return replicator.takeActions().stream()
        .flatMap(action -> type.isInstance(action) ? Stream.of(type.cast(action)) : Stream.empty())
        .toList();
  }
}
