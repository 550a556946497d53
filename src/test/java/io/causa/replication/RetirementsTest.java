package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.ALONE;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.D;
import static io.causa.replication.Fixtures.SETTINGS;
import static io.causa.replication.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.identity.Incarnation;
import io.causa.identity.Standing;
import io.causa.membership.Capabilities;
import io.causa.membership.Endings;
import io.causa.membership.RetireOutcome;
import io.causa.membership.Retirement;
import io.causa.membership.Roster;
import io.causa.replication.Action.Abandoned;
import io.causa.replication.Action.Expelled;
import io.causa.replication.Action.KeepRoster;
import io.causa.replication.Action.Raise;
import io.causa.replication.Action.Retire;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.Receipt;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replica is a, b is the other member, and six writes of gone are here. */
class RetirementsTest {

  private static final Replica GONE = new Replica("gone", 1);
  private static final VersionVector SIX = vector(GONE, 6);
  private static final VersionVector SEVEN = vector(GONE, 7);
  private static final Roster MEMBERS = ALONE.declare(B).declare(GONE).forget(GONE);
  private static final Endings UP_TO_SIX = upTo(6);
  private static final Endings UP_TO_SEVEN = upTo(7);

  private final Replicator replicator = replicator(A, SIX, MEMBERS);
  private long number;

  @BeforeEach
  void start() {
    replicator.start(1, 0);
    replicator.takeActions();
  }

  @Test
  void aGenerationIsRetiredAtOnceAndEndsWhenAllMembersShowThat() {
    hear(SIX, SIX, MEMBERS);
    assertThat(replicator.retire(GONE, 1)).isEqualTo(new RetireOutcome.Retired(new Dot(GONE, 6)));
    Roster retired = MEMBERS.retire(UP_TO_SIX);
    List<Action> actions = replicator.takeActions();
    assertThat(actions)
        .contains(new KeepRoster(retired), new Retire(ordered(UP_TO_SIX), Retirement.NONE));

    replicator.rosterKept(retired, 2);
    assertThat(taken(Retire.class)).isEmpty();
    assertThat(replicator.roster()).as("what is shown before delivery follows").isEqualTo(MEMBERS);
    replicator.excludes(ordered(UP_TO_SIX), new Receipt(SIX, VersionVector.EMPTY), 2);
    assertThat(replicator.roster()).isEqualTo(retired);
    assertThat(replicator.view(0).generations().get(0).retired()).isFalse();
    hear(SIX, SIX, retired);

    assertThat(replicator.takeActions()).contains(new KeepRoster(retired.end(UP_TO_SIX)));
    replicator.rosterKept(retired.end(UP_TO_SIX), 3);
    assertThat(taken(Retire.class)).containsExactly(ended(UP_TO_SIX));
    assertThat(replicator.view(0).generations().get(0).retired()).isTrue();
    assertThat(replicator.retire(GONE, 9000))
        .isEqualTo(new RetireOutcome.Retired(new Dot(GONE, 6)));
    assertThat(taken(Retire.class)).isEmpty();
  }

  @Test
  void aMemberThatHoldsMoreOrIsNotHeardIsNamedInTheRefusal() {
    assertThat(reasons(0)).singleElement().asString().contains("b.1").contains("not heard");
    hear(SEVEN, SIX, MEMBERS);
    assertThat(reasons(1)).singleElement().asString().contains("b.1").contains("up to 7");
    hear(VersionVector.EMPTY, VersionVector.EMPTY, MEMBERS);
    assertThat(reasons(1)).singleElement().asString().contains("up to 0");
    hear(SIX, SIX, MEMBERS);
    assertThat(reasons(9000)).singleElement().asString().contains("not heard");
    assertThat(taken(Retire.class)).isEmpty();
  }

  @Test
  void membersAndWhoeverIsUnknownAreNotRetired() {
    assertThat(replicator.retire(A, 0)).isEqualTo(new RetireOutcome.Current(A));
    assertThat(replicator.retire(B, 0)).isEqualTo(new RetireOutcome.Current(B));
    Replica other = new Replica("gone", 2);
    assertThat(replicator.retire(other, 0)).isEqualTo(new RetireOutcome.Unknown(other));
  }

  @Test
  void aMemberThatHasTakenInMoreMeanwhileSaysSo() {
    Replicator ahead = replicator(A, SEVEN, MEMBERS);

    ahead.digest(digest(SIX, SIX, MEMBERS.retire(UP_TO_SIX)), 0);

    assertThat(ahead.takeActions())
        .contains(new KeepRoster(MEMBERS.retire(UP_TO_SEVEN)))
        .noneMatch(Abandoned.class::isInstance);
  }

  @Test
  void nothingEndsWhileAMemberHasMore() {
    hear(SIX, SIX, MEMBERS);
    replicator.retire(GONE, 1);
    replicator.rosterKept(MEMBERS.retire(UP_TO_SIX), 2);
    replicator.excludes(ordered(UP_TO_SIX), new Receipt(SIX, VersionVector.EMPTY), 2);
    replicator.takeActions();

    hear(SEVEN, SEVEN, MEMBERS.retire(UP_TO_SIX));
    hear(SEVEN, SEVEN, MEMBERS.retire(UP_TO_SEVEN));

    assertThat(taken(Retire.class))
        .containsExactly(new Retire(ordered(UP_TO_SEVEN), Retirement.NONE));
  }

  /** It has stopped by then, as it holds what was given up, and will not be heard again. */
  @Test
  void aNewcomerWithMoreKeepsAnEndOpenOnlyWhileItIsHeard() {
    Roster retired = MEMBERS.retire(UP_TO_SIX);
    hear(SIX, SIX, MEMBERS);
    replicator.retire(GONE, 1);
    replicator.rosterKept(retired, 2);
    replicator.excludes(ordered(UP_TO_SIX), new Receipt(SIX, VersionVector.EMPTY), 2);
    replicator.digest(digest(D, SEVEN, SEVEN, MEMBERS), 2);
    replicator.takeActions();
    replicator.digest(digest(B, SIX, SIX, retired), 3);
    assertThat(taken(KeepRoster.class)).isEmpty();

    long silent = 2 + SETTINGS.silentAfterMillis() + 1;
    replicator.digest(digest(B, SIX, SIX, retired), silent);

    assertThat(taken(KeepRoster.class)).containsExactly(new KeepRoster(retired.end(UP_TO_SIX)));
  }

  /** A write that was held behind the end is dropped with the order, and must not keep it open. */
  @Test
  void whatWasReceivedAndDroppedHoldsNothingUp() {
    replicator.receivedBatch(new Receipt(SEVEN, VersionVector.EMPTY), B, false, 1);
    hear(SIX, SIX, MEMBERS.retire(UP_TO_SIX));
    replicator.rosterKept(MEMBERS.retire(UP_TO_SIX), 2);
    hear(SIX, SIX, MEMBERS.retire(UP_TO_SIX));
    assertThat(taken(Retire.class))
        .containsExactly(new Retire(ordered(UP_TO_SIX), Retirement.NONE));

    replicator.excludes(ordered(UP_TO_SIX), new Receipt(SIX, VersionVector.EMPTY), 3);

    assertThat(taken(KeepRoster.class))
        .containsExactly(new KeepRoster(MEMBERS.retire(UP_TO_SIX).end(UP_TO_SIX)));
  }

  @Test
  void whoHearsThatAGenerationEndedNeedNotHearAllMembersForThat() {
    replicator.digest(
        digest(VersionVector.EMPTY, VersionVector.EMPTY, MEMBERS.retire(UP_TO_SIX).end(UP_TO_SIX)),
        0);

    replicator.rosterKept(MEMBERS.end(UP_TO_SIX), 1);
    replicator.excludes(Retirement.of(UP_TO_SIX), new Receipt(SIX, VersionVector.EMPTY), 1);
    assertThat(taken(Retire.class)).contains(ended(UP_TO_SIX));
  }

  @Test
  void aForgottenReplicaLearnsUpToWhereItsWritesAreKnown() {
    Roster without = ALONE.declare(B).forget(A).retire(Endings.of(new Dot(A, 4)));
    Replicator former = replicator(A, vector(A, 6), ALONE);

    former.digest(digest(SIX, SIX, without), 0);

    assertThat(former.takeActions()).containsExactly(new Expelled(A, Standing.renounced(4)));
  }

  @Test
  void whoIsNoMemberYetAndHoldsWhatWasGivenUpMustNotJoin() {
    Replicator newcomer =
        replicator(new Replica("n", 1), SEVEN, Roster.EMPTY.declare(GONE).forget(GONE));

    newcomer.digest(digest(SIX, SIX, MEMBERS.retire(UP_TO_SIX)), 0);

    assertThat(newcomer.takeActions()).contains(new Abandoned(new Dot(GONE, 7), 6));
  }

  /** Nobody who meets the base then has to wait for it. */
  @Test
  void aBaseIsTakenOnceAllMembersShowWhatItStandsFor() {
    Roster ended = MEMBERS.end(UP_TO_SIX);
    Replicator knows = replicator(A, SIX, ended);
    knows.tick(1);
    assertThat(knows.takeActions()).noneMatch(Raise.class::isInstance);

    knows.digest(digest(SIX, SIX, MEMBERS), 2);
    assertThat(knows.takeActions()).noneMatch(Raise.class::isInstance);
    knows.digest(digest(SIX, SIX, ended), 3);

    assertThat(knows.takeActions()).contains(new Raise(UP_TO_SIX.bases()));
    knows.tick(4);
    assertThat(knows.takeActions()).noneMatch(Raise.class::isInstance);
  }

  @Test
  void aBaseThatAPeerHasIsTakenWithoutWaitingForTheOthers() {
    Roster ended = MEMBERS.declare(new Replica("c", 1)).end(UP_TO_SIX);
    Replicator knows = replicator(A, SIX, ended);

    knows.digest(digest(UP_TO_SIX.bases(), UP_TO_SIX.bases(), ended), 1);

    assertThat(knows.takeActions()).contains(new Raise(UP_TO_SIX.bases()));
  }

  /** The digest that shows its base may have been lost, and its origin may be gone by now. */
  @Test
  void aBaseThatAReceivedWriteWaitsForIsTakenWithoutWaitingForTheOthers() {
    Replicator knows = replicator(A, SIX, MEMBERS.end(UP_TO_SIX));
    knows.digest(digest(SIX, SIX, MEMBERS), 1);
    assertThat(knows.takeActions()).noneMatch(Raise.class::isInstance);

    VersionVector nothing = VersionVector.EMPTY;
    knows.receivedBatch(new Receipt(SIX, nothing, UP_TO_SIX.bases()), B, false, 2);
    knows.tick(3);

    assertThat(knows.takeActions()).contains(new Raise(UP_TO_SIX.bases()));
  }

  /** The processes took their data with them, so nobody has to say so. */
  @Test
  void aNodeInMemoryOrdersTheEndOfItsOwnFormerGenerations() {
    Replica again = new Replica("a", 3);
    Roster both = Roster.EMPTY.declare(A).declare(B);
    VersionVector one = vector(A, 1);
    Replicator memory = replicator(again, one, both.declare(again));
    memory.retireOwnFormer();
    memory.start(1, 0);

    memory.digest(digest(one, one, both), 1);
    memory.tick(2);

    Roster ordered =
        both.declare(again).retire(Endings.of(List.of(new Dot(A, 1)), Map.of("a", 3L), Map.of()));
    assertThat(memory.takeActions()).contains(new KeepRoster(ordered));
  }

  @Test
  void aGenerationBelowTheBoundOfItsNameEndsAndNotesTheBound() {
    Replica behind = new Replica("gone", 1);
    Replicator newcomer = replicator(behind, VersionVector.EMPTY, Roster.EMPTY);
    Endings bound = Endings.of(List.of(), Map.of("gone", 7L), Map.of());

    newcomer.digest(digest(SIX, SIX, ALONE.declare(B).end(bound)), 0);

    assertThat(newcomer.takeActions())
        .containsExactly(
            new KeepRoster(ALONE.declare(B).end(bound)),
            new Expelled(behind, Standing.renounced(0), 7));
  }

  /** It does not say with which writes the generations before its table ended. */
  @Test
  void anOrderBehindATableThatIsNotKnownIsNotTaken() {
    Endings order =
        Endings.of(List.of(new Dot(new Replica("gone", 3), 2)), Map.of("gone", 5L), Map.of());
    Roster there = MEMBERS.end(UP_TO_SEVEN).retire(order);
    Replicator newcomer =
        replicator(new Replica("n", 1), SEVEN, Roster.EMPTY.declare(GONE).forget(GONE));

    newcomer.digest(digest(SEVEN, SEVEN, there.behind(there)), 0);
    assertThat(newcomer.takeActions())
        .noneMatch(Abandoned.class::isInstance)
        .noneMatch(Retire.class::isInstance);

    newcomer.digest(digest(SEVEN, SEVEN, there), 1);
    assertThat(newcomer.takeActions())
        .contains(new Retire(new Retirement(UP_TO_SEVEN, order), Retirement.NONE))
        .noneMatch(Abandoned.class::isInstance);
  }

  /** It was meant for the next generation, and its base stands for writes that nobody has. */
  @Test
  void aDigestByWhichThisGenerationHasEndedAcknowledgesNothing() {
    Endings ended = Endings.of(List.of(new Dot(A, 1)), Map.of("a", 3L), Map.of());
    Roster there = ALONE.declare(B).declare(new Replica("a", 3)).end(ended);
    Replicator former = replicator(A, vector(A, 2), ALONE.declare(B));
    former.start(1, 0);
    former.awaitAcks(7, 2, 1, 9000);

    former.digest(digest(ended.bases(), ended.bases(), there.behind(there)), 1);

    assertThat(former.view(1).peers()).isEmpty();
    assertThat(former.takeActions()).noneMatch(Action.Acked.class::isInstance);
  }

  private static Endings upTo(long last) {
    return Endings.of(List.of(new Dot(GONE, last)), Map.of("gone", 2L), Map.of());
  }

  private static Retirement ordered(Endings order) {
    return new Retirement(Endings.NONE, order);
  }

  private static Retire ended(Endings fact) {
    return new Retire(Retirement.of(fact), Retirement.of(fact));
  }

  private List<String> reasons(long nowMillis) {
    return ((RetireOutcome.Unsettled) replicator.retire(GONE, nowMillis)).reasons();
  }

  private void hear(VersionVector received, VersionVector applied, Roster roster) {
    replicator.digest(digest(received, applied, roster), 1);
  }

  private Digest digest(VersionVector received, VersionVector applied, Roster roster) {
    return digest(B, received, applied, roster);
  }

  private Digest digest(
      Replica sender, VersionVector received, VersionVector applied, Roster roster) {
    return new Digest(
        sender, 1, ++number, received, applied, VersionVector.EMPTY, roster, 5, Capabilities.OWN);
  }

  private static Replicator replicator(Replica self, VersionVector applied, Roster roster) {
    return new Replicator(
        self,
        "http://a",
        SETTINGS,
        applied,
        VersionVector.EMPTY,
        roster,
        Incarnation.ofNewGeneration(5, applied.get(self)),
        SnapshotRoom.UNLIMITED);
  }

  private <T extends Action> List<T> taken(Class<T> type) {
    return replicator.takeActions().stream()
        .flatMap(action -> type.isInstance(action) ? Stream.of(type.cast(action)) : Stream.empty())
        .toList();
  }
}
