package io.causa.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Vectors with bases keep the laws of vectors, and mean what they say. */
@Domain(BaseArbitraries.class)
@Domain(DomainContext.Global.class)
class VersionVectorBasesTest {

  private static final Replica A1 = new Replica("a", 1);
  private static final Replica A3 = new Replica("a", 3);
  private static final Replica B1 = new Replica("b", 1);

  @Property
  void joinIsALeastUpperBound(
      @ForAll VersionVector u, @ForAll VersionVector v, @ForAll VersionVector w) {
    VersionVector join = u.join(v);
    assertThat(join).isEqualTo(v.join(u));
    assertThat(join.join(w)).isEqualTo(u.join(v.join(w)));
    assertThat(join.covers(u) && join.covers(v)).isTrue();
    assertThat(w.covers(u) && w.covers(v)).isEqualTo(w.covers(join));
  }

  @Property
  void meetIsAGreatestLowerBound(
      @ForAll VersionVector u, @ForAll VersionVector v, @ForAll VersionVector w) {
    VersionVector meet = u.meet(v);
    assertThat(meet).isEqualTo(v.meet(u));
    assertThat(meet.meet(w)).isEqualTo(u.meet(v.meet(w)));
    assertThat(u.covers(meet) && v.covers(meet)).isTrue();
    assertThat(u.covers(w) && v.covers(w)).isEqualTo(meet.covers(w));
  }

  @Property
  void joinAndMeetAbsorbEachOtherAndAreIdempotent(
      @ForAll VersionVector u, @ForAll VersionVector v) {
    assertThat(u.join(u.meet(v))).isEqualTo(u);
    assertThat(u.meet(u.join(v))).isEqualTo(u);
    assertThat(u.join(copyOf(u))).isEqualTo(u);
    assertThat(u.meet(copyOf(u))).isEqualTo(u);
    assertThat(u.meet(VersionVector.EMPTY)).isEqualTo(VersionVector.EMPTY);
  }

  @Property
  void coveringEachOtherIsBeingEqual(@ForAll VersionVector u, @ForAll VersionVector v) {
    assertThat(u.covers(v) && v.covers(u)).isEqualTo(u.equals(v));
    assertThat(u.compare(v) == CausalOrder.EQUAL).isEqualTo(u.equals(v));
  }

  /** The map that the vector stands for, with a base expanded to all generations before it. */
  @Property
  void aVectorMeansTheMapThatItStandsFor(@ForAll VersionVector u, @ForAll VersionVector v) {
    Map<Replica, Long> ofU = meaning(u);
    Map<Replica, Long> ofV = meaning(v);
    ofU.forEach(
        (replica, sequence) -> {
          assertThat(u.get(replica)).isEqualTo(sequence);
          assertThat(u.join(v).get(replica)).isEqualTo(Math.max(sequence, ofV.get(replica)));
          assertThat(u.meet(v).get(replica)).isEqualTo(Math.min(sequence, ofV.get(replica)));
        });
    boolean below =
        ofU.entrySet().stream().allMatch(entry -> entry.getValue() <= ofV.get(entry.getKey()));
    boolean bases = u.bases().stream().allMatch(base -> base.sequence() <= v.base(name(base)));
    assertThat(v.covers(u)).isEqualTo(below && bases);
  }

  @Property
  void nothingStandsBelowABase(@ForAll VersionVector u, @ForAll VersionVector v) {
    for (VersionVector vector : List.of(u, u.join(v), u.meet(v), u.compactedBy(v))) {
      for (Dot entry : vector) {
        assertThat(entry.replica().generation()).isGreaterThanOrEqualTo(vector.base(name(entry)));
        assertThat(entry.isBase()).isFalse();
      }
      assertThat(vector.size()).isEqualTo(copyOf(vector).size());
    }
  }

  @Property
  void withADotIsTheJoinWithThatDot(@ForAll VersionVector v, @ForAll Dot dot) {
    assertThat(v.with(dot)).isEqualTo(v.join(VersionVector.of(dot)));
    assertThat(v.with(dot).covers(dot)).isTrue();
  }

  @Property
  void theFirstMissingEntryIsTheFirstThatIsNotCovered(
      @ForAll VersionVector u, @ForAll VersionVector v) {
    assertThat(u.firstMissing(v))
        .isEqualTo(entriesOf(v).stream().filter(dot -> !u.covers(dot)).findFirst());
    assertThat(u.countMissing(v) == 0).isEqualTo(u.covers(v));
  }

  @Property
  void withoutAReplicaItsOwnEntryIsGoneAndNothingElse(
      @ForAll VersionVector v, @ForAll Replica replica) {
    VersionVector without = v.without(replica);
    assertThat(without.get(replica)).isEqualTo(v.isBelowBase(replica) ? Dot.MAX_SEQUENCE : 0);
    long sequence = v.get(replica);
    assertThat(sequence == 0 ? without : without.with(new Dot(replica, sequence))).isEqualTo(v);
  }

  @Property
  void compactingTakesTheBasesOfTheOtherWhereThereIsSomethingBelow(
      @ForAll VersionVector v, @ForAll VersionVector bases) {
    VersionVector compacted = v.compactedBy(bases);
    assertThat(compacted.covers(v)).isTrue();
    assertThat(v.join(bases.onlyBases()).covers(compacted)).isTrue();
    assertThat(compacted.size()).isLessThanOrEqualTo(v.size());
    assertThat(compacted.compactedBy(bases)).isEqualTo(compacted);
  }

  @Example
  void aBaseTakesInWhatIsBelowItAndLeavesWhatIsNot() {
    VersionVector v = VersionVector.of(new Dot(A1, 9), new Dot(A3, 2), new Dot(B1, 1));

    VersionVector raised = v.with(Dot.ofBase("a", 3));

    assertThat(raised).containsExactly(new Dot(A3, 2), new Dot(B1, 1));
    assertThat(raised.entries()).startsWith(Dot.ofBase("a", 3)).hasSize(3);
    assertThat(raised.get(A1)).isEqualTo(Dot.MAX_SEQUENCE);
    assertThat(raised.get(new Replica("a", 2))).isEqualTo(Dot.MAX_SEQUENCE);
    assertThat(raised.get(new Replica("b", 2))).isZero();
    assertThat(raised).hasToString("{a<3, a.3=2, b.1=1}");
    assertThat(v.firstMissing(raised)).contains(Dot.ofBase("a", 3));
  }

  private static Map<Replica, Long> meaning(VersionVector vector) {
    Map<Replica, Long> meaning = new HashMap<>();
    for (String name : List.of("a", "b")) {
      for (long generation = 1; generation <= BaseArbitraries.GENERATIONS + 2; generation++) {
        meaning.put(
            new Replica(name, generation), generation < vector.base(name) ? Dot.MAX_SEQUENCE : 0L);
      }
    }
    vector.forEach(entry -> meaning.put(entry.replica(), entry.sequence()));
    return meaning;
  }

  private static String name(Dot entry) {
    return entry.replica().name();
  }

  private static VersionVector copyOf(VersionVector v) {
    return VersionVector.of(entriesOf(v));
  }

  private static List<Dot> entriesOf(VersionVector v) {
    List<Dot> entries = new ArrayList<>();
    v.entries().forEach(entries::add);
    return entries;
  }
}
