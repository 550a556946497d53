package io.causa.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.ClockArbitraries;
import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.Rosters;
import io.causa.membership.Roster.Entry;
import io.causa.membership.Roster.Status;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The laws of rosters: a lattice in which later generations and forgetting win. */
@Domain(ClockArbitraries.class)
@Domain(DomainContext.Global.class)
class RosterTest {

  private static final Replica A1 = new Replica("a", 1);
  private static final Replica A2 = new Replica("a", 2);
  private static final Replica B1 = new Replica("b", 1);

  @Provide
  Arbitrary<Roster> rosters() {
    return Combinators.combine(
            new ClockArbitraries().replicas(),
            Arbitraries.longs().between(0, 3),
            Arbitraries.of(Status.class))
        .as(Entry::new)
        .list()
        .ofMaxSize(6)
        .map(Roster::of)
        .flatMap(
            roster ->
                Combinators.combine(EndingsArbitraries.endings(), EndingsArbitraries.endings())
                    .as((order, fact) -> Roster.of(roster.entries(), order.join(fact), fact)));
  }

  @Property
  void anEndIsRaisedToWhatIsAppliedAndNoOtherIsMadeUp(
      @ForAll("rosters") Roster r, @ForAll VersionVector applied) {
    Roster raised = r.withAtLeast(applied);
    assertThat(raised.ordered().below()).isEqualTo(r.ordered().below());
    assertThat(raised.ended()).isEqualTo(r.ended());
    for (Dot here : applied) {
      boolean open = r.ordered().includes(here.replica()) && !r.ended().isBelow(here.replica());
      long before = r.ordered().last(here.replica());
      assertThat(raised.ordered().last(here.replica()))
          .isEqualTo(open ? Math.max(here.sequence(), before) : before);
    }
  }

  @Property
  void whatIsFinalIsNotOrderedAnyMore(@ForAll("rosters") Roster r, @ForAll("rosters") Roster s) {
    Roster joined = r.join(s);
    assertThat(joined.ordered().listed()).noneMatch(last -> joined.ended().isBelow(last.replica()));
  }

  /** Rosters that are told in parts are equal to whole ones: what is final is not compared. */
  @Property
  void aRosterThatIsToldBehindAnotherIsEqualToTheWhole(
      @ForAll("rosters") Roster r, @ForAll("rosters") Roster s) {
    assertThat(r.behind(s)).isEqualTo(r).hasSameHashCodeAs(r);
    assertThat(s.join(r.behind(s))).isEqualTo(s.join(r));
  }

  @Property
  void joinIsCommutative(@ForAll("rosters") Roster r, @ForAll("rosters") Roster s) {
    assertThat(r.join(s)).isEqualTo(s.join(r));
  }

  @Property
  void joinIsAssociative(
      @ForAll("rosters") Roster r, @ForAll("rosters") Roster s, @ForAll("rosters") Roster t) {
    assertThat(r.join(s).join(t)).isEqualTo(r.join(s.join(t)));
  }

  @Property
  void joinIsIdempotentAndEmptyIsItsUnit(@ForAll("rosters") Roster r) {
    assertThat(r.join(Roster.of(r.entries(), r.ordered(), r.ended()))).isEqualTo(r);
    assertThat(r.join(Roster.EMPTY)).isEqualTo(r);
    assertThat(Roster.EMPTY.join(r)).isEqualTo(r);
  }

  @Property
  void equalRostersHaveEqualHashCodes(@ForAll("rosters") Roster r, @ForAll("rosters") Roster s) {
    assertThat(r.join(s).hashCode()).isEqualTo(s.join(r).hashCode());
  }

  @Property
  void whoWasForgottenDoesNotComeBackByWhatOthersStillTell(
      @ForAll("rosters") Roster before, @ForAll Replica gone) {
    Roster joined = before.declare(gone);

    Roster forgotten = joined.forget(gone);

    assertThat(forgotten.join(before).join(joined).isMember(gone)).isFalse();
    assertThat(forgotten.members()).doesNotContain(gone);
  }

  @Property
  void whoDeclaresItselfIsTheMemberOfItsName(@ForAll("rosters") Roster r, @ForAll Replica replica) {
    Roster declared = r.declare(replica);

    assertThat(declared.isMember(replica)).isTrue();
    assertThat(declared.join(r)).isEqualTo(declared);
    assertThat(declared.declare(replica)).isEqualTo(declared);
    assertThat(declared.members()).contains(replica);
  }

  @Property
  void ofEachNameAtMostOneGenerationIsAMember(@ForAll("rosters") Roster r) {
    assertThat(r.members()).extracting(Replica::name).doesNotHaveDuplicates();
  }

  @Property
  void aRosterIsReadAsItWasWritten(@ForAll("rosters") Roster r) throws MalformedException {
    ByteWriter out = new ByteWriter(16);
    Rosters.write(out, r);
    Optional<ByteReader> field = Rosters.endings(r).map(ByteReader::new);

    Roster read = Rosters.withEndings(Rosters.read(new ByteReader(out.toBytes())), field);

    assertThat(read).isEqualTo(r);
    assertThat(read.ended()).isEqualTo(r.ended());
  }

  @Example
  void theGenerationThatDeclaresItselfLastHoldsTheNameWhateverTheClockSays() {
    Roster roster = Roster.EMPTY.declare(A2).declare(B1).declare(A1);

    assertThat(roster.members()).containsExactly(A1, B1);
    assertThat(roster.join(Roster.EMPTY.declare(A2)).members()).containsExactly(A1, B1);
  }

  @Example
  void ofTwoThatDeclareThemselvesAtOnceTheLaterGenerationHoldsTheName() {
    Roster joined = Roster.EMPTY.declare(A1).join(Roster.EMPTY.declare(A2));

    assertThat(joined.members()).containsExactly(A2);
  }

  @Example
  void aForgottenNameMayBeTakenAgain() {
    Roster roster = Roster.EMPTY.declare(A1).forget(A1);
    assertThat(roster.members()).isEmpty();

    assertThat(roster.declare(A2).members()).containsExactly(A2);
  }

  @Example
  void forgettingAnEarlierGenerationDoesNotTouchALaterOne() {
    assertThat(Roster.EMPTY.declare(A1).declare(A2).forget(A1).members()).containsExactly(A2);
  }

  @Example
  void whoeverWroteIsAMemberUnlessTheNameIsKnown() {
    VersionVector wrote = VersionVector.of(new Dot(A1, 3), new Dot(B1, 1));

    assertThat(Roster.EMPTY.withOrigins(wrote).members()).containsExactly(A1, B1);
    assertThat(Roster.EMPTY.declare(A2).withOrigins(wrote).members()).containsExactly(A2, B1);
    assertThat(Roster.EMPTY.declare(A2).former(wrote)).containsExactly(A1);
  }

  @Example
  void whoIsKnownByWritesOnlyCountsAsSoonAsItDeclaresItself() {
    Roster byWrites = Roster.EMPTY.withOrigins(VersionVector.of(new Dot(A2, 3)));

    assertThat(byWrites.join(Roster.EMPTY.declare(A1)).members()).containsExactly(A1);
    assertThat(byWrites.declare(A2)).isEqualTo(Roster.EMPTY.declare(A2));
  }

  @Example
  void theLaterGenerationHoldsTheNameAlsoWhenItHeardOfNobody() {
    Roster earlier = Roster.EMPTY.declare(A1).forget(A1);

    assertThat(earlier.join(Roster.EMPTY.declare(A2)).members()).containsExactly(A2);
  }

  @Example
  void aRosterPrintsItsEntries() {
    Roster roster = Roster.EMPTY.declare(A2).declare(B1).forget(B1);

    assertThat(roster).hasToString("[a.2, b.1 forgotten]");
  }
}
