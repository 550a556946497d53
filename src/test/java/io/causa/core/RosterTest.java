package io.causa.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.ClockArbitraries;
import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Roster.Entry;
import io.causa.core.Roster.Status;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.Rosters;
import java.util.List;
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
    return Combinators.combine(new ClockArbitraries().replicas(), Arbitraries.of(Status.class))
        .as(Entry::new)
        .list()
        .ofMaxSize(6)
        .map(Roster::of);
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
    assertThat(r.join(Roster.of(r.entries()))).isEqualTo(r);
    assertThat(r.join(Roster.EMPTY)).isEqualTo(r);
    assertThat(Roster.EMPTY.join(r)).isEqualTo(r);
  }

  @Property
  void equalRostersHaveEqualHashCodes(@ForAll("rosters") Roster r, @ForAll("rosters") Roster s) {
    assertThat(r.join(s).hashCode()).isEqualTo(s.join(r).hashCode());
  }

  @Property
  void whoWasForgottenOrSupersededNeverComesBack(
      @ForAll("rosters") Roster before, @ForAll Replica gone, @ForAll("rosters") Roster heard) {
    Roster roster = before.withForgotten(gone).join(heard).withMember(gone);

    assertThat(roster.isMember(gone)).isFalse();
    assertThat(roster.isFormer(gone)).isTrue();
  }

  @Property
  void everyReplicaIsMemberFormerOrUnheardOf(@ForAll("rosters") Roster r, @ForAll Replica replica) {
    boolean unheard = !r.withMember(replica).equals(r);

    assertThat(List.of(r.isMember(replica), r.isFormer(replica), unheard)).containsOnlyOnce(true);
    assertThat(r.members().contains(replica)).isEqualTo(r.isMember(replica));
  }

  @Property
  void ofEachNameAtMostOneGenerationIsAMember(@ForAll("rosters") Roster r) {
    assertThat(r.members()).extracting(Replica::name).doesNotHaveDuplicates();
  }

  @Property
  void aRosterIsReadAsItWasWritten(@ForAll("rosters") Roster r) throws MalformedException {
    ByteWriter out = new ByteWriter(16);
    Rosters.write(out, r);

    assertThat(Rosters.read(new ByteReader(out.toBytes()))).isEqualTo(r);
  }

  @Example
  void aLaterGenerationSupersedesAnEarlierOne() {
    Roster roster = Roster.EMPTY.withMember(A1).withMember(B1).withMember(A2);

    assertThat(roster.members()).containsExactly(A2, B1);
    assertThat(roster.isFormer(A1)).isTrue();
  }

  @Example
  void aForgottenNameMayJoinAgainAsALaterGeneration() {
    Roster roster = Roster.EMPTY.withMember(A1).withForgotten(A1);
    assertThat(roster.members()).isEmpty();

    assertThat(roster.withMember(A1).members()).isEmpty();
    assertThat(roster.withMember(A2).members()).containsExactly(A2);
  }

  @Example
  void forgettingAnEarlierGenerationDoesNotTouchALaterOne() {
    assertThat(Roster.EMPTY.withMember(A2).withForgotten(A1).members()).containsExactly(A2);
  }

  @Example
  void whoeverWroteIsAMemberUnlessALaterGenerationIs() {
    VersionVector wrote = VersionVector.of(new Dot(A1, 3), new Dot(B1, 1));

    assertThat(Roster.EMPTY.withOrigins(wrote).members()).containsExactly(A1, B1);
    assertThat(Roster.EMPTY.withMember(A2).withOrigins(wrote).members()).containsExactly(A2, B1);
    assertThat(Roster.EMPTY.withMember(A2).former(wrote)).containsExactly(A1);
  }

  @Example
  void aRosterPrintsItsEntries() {
    assertThat(Roster.EMPTY.withMember(A2).withForgotten(B1)).hasToString("[a~2, b~1 forgotten]");
  }
}
