package io.causa.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The laws of version vectors: a lattice, and the partial order that belongs to it. */
@Domain(ClockArbitraries.class)
@Domain(DomainContext.Global.class)
class VersionVectorTest {

  private static final Replica A = new Replica("a", 1);
  private static final Replica B = new Replica("b", 1);

  @Property
  void joinIsCommutative(@ForAll VersionVector u, @ForAll VersionVector v) {
    assertThat(u.join(v)).isEqualTo(v.join(u));
  }

  @Property
  void joinIsAssociative(
      @ForAll VersionVector u, @ForAll VersionVector v, @ForAll VersionVector w) {
    assertThat(u.join(v).join(w)).isEqualTo(u.join(v.join(w)));
  }

  @Property
  void joinIsIdempotentAndEmptyIsItsUnit(@ForAll VersionVector v) {
    assertThat(v.join(copyOf(v))).isEqualTo(v);
    assertThat(v.join(VersionVector.EMPTY)).isEqualTo(v);
    assertThat(VersionVector.EMPTY.join(v)).isEqualTo(v);
  }

  @Property
  void joinIsTheLeastVectorThatCoversBoth(
      @ForAll VersionVector u, @ForAll VersionVector v, @ForAll VersionVector w) {
    VersionVector join = u.join(v);
    assertThat(join.covers(u) && join.covers(v)).isTrue();
    assertThat(w.covers(u) && w.covers(v)).isEqualTo(w.covers(join));
  }

  @Property
  void meetIsCommutative(@ForAll VersionVector u, @ForAll VersionVector v) {
    assertThat(u.meet(v)).isEqualTo(v.meet(u));
  }

  @Property
  void meetIsAssociative(
      @ForAll VersionVector u, @ForAll VersionVector v, @ForAll VersionVector w) {
    assertThat(u.meet(v).meet(w)).isEqualTo(u.meet(v.meet(w)));
  }

  @Property
  void meetIsIdempotentAndEmptyIsItsZero(@ForAll VersionVector v) {
    assertThat(v.meet(copyOf(v))).isEqualTo(v);
    assertThat(v.meet(VersionVector.EMPTY)).isEqualTo(VersionVector.EMPTY);
  }

  @Property
  void meetIsTheGreatestVectorThatBothCover(
      @ForAll VersionVector u, @ForAll VersionVector v, @ForAll VersionVector w) {
    VersionVector meet = u.meet(v);
    assertThat(u.covers(meet) && v.covers(meet)).isTrue();
    assertThat(u.covers(w) && v.covers(w)).isEqualTo(meet.covers(w));
  }

  @Property
  void joinAndMeetAbsorbEachOther(@ForAll VersionVector u, @ForAll VersionVector v) {
    assertThat(u.join(u.meet(v))).isEqualTo(u);
    assertThat(u.meet(u.join(v))).isEqualTo(u);
  }

  @Property
  void happensBeforeIsAStrictPartialOrder(
      @ForAll VersionVector u, @ForAll VersionVector v, @ForAll VersionVector w) {
    assertThat(before(u, copyOf(u))).isFalse();
    assertThat(before(u, v) && before(v, u)).isFalse();
    if (before(u, v) && before(v, w)) {
      assertThat(before(u, w)).isTrue();
    }
  }

  /** Three random vectors are seldom in a row, so these are made so. */
  @Property
  void happensBeforeIsTransitiveAlongAChain(
      @ForAll VersionVector u, @ForAll Dot first, @ForAll Dot second) {
    VersionVector v = u.with(new Dot(first.replica(), u.get(first.replica()) + 1));
    VersionVector w = v.with(new Dot(second.replica(), v.get(second.replica()) + 1));
    assertThat(before(u, v) && before(v, w) && before(u, w)).isTrue();
  }

  @Property
  void compareSaysWhatCoversSays(@ForAll VersionVector u, @ForAll VersionVector v) {
    CausalOrder order = u.compare(v);
    assertThat(order == CausalOrder.EQUAL).isEqualTo(u.equals(v));
    assertThat(order == CausalOrder.AFTER).isEqualTo(u.covers(v) && !v.covers(u));
    assertThat(order == CausalOrder.BEFORE).isEqualTo(v.covers(u) && !u.covers(v));
    assertThat(order == CausalOrder.CONCURRENT).isEqualTo(!u.covers(v) && !v.covers(u));
  }

  @Property
  void compareTurnsAroundWithItsOperands(@ForAll VersionVector u, @ForAll VersionVector v) {
    CausalOrder turned =
        switch (v.compare(u)) {
          case BEFORE -> CausalOrder.AFTER;
          case AFTER -> CausalOrder.BEFORE;
          case EQUAL -> CausalOrder.EQUAL;
          case CONCURRENT -> CausalOrder.CONCURRENT;
        };
    assertThat(u.compare(v)).isEqualTo(turned);
  }

  @Property
  void coversAVectorMeansToCoverEachOfItsDots(@ForAll VersionVector u, @ForAll VersionVector v) {
    assertThat(u.covers(v)).isEqualTo(dotsOf(v).stream().allMatch(u::covers));
  }

  @Property
  void firstMissingIsTheFirstEntryThatIsNotCovered(
      @ForAll VersionVector u, @ForAll VersionVector v) {
    assertThat(u.firstMissing(v))
        .isEqualTo(dotsOf(v).stream().filter(dot -> !u.covers(dot)).findFirst());
  }

  @Property
  void withADotIsTheJoinWithThatDot(@ForAll VersionVector v, @ForAll Dot dot) {
    VersionVector with = v.with(dot);
    assertThat(with).isEqualTo(v.join(VersionVector.of(dot)));
    assertThat(with.covers(dot)).isTrue();
    assertThat(with.get(dot.replica())).isEqualTo(Math.max(v.get(dot.replica()), dot.sequence()));
  }

  @Property
  void withoutAReplicaOnlyItsEntryIsGone(@ForAll VersionVector v, @ForAll Replica replica) {
    VersionVector without = v.without(replica);
    assertThat(without.get(replica)).isZero();
    long sequence = v.get(replica);
    assertThat(sequence == 0 ? without : without.with(new Dot(replica, sequence))).isEqualTo(v);
  }

  @Property
  void operationsLeaveTheirOperandsAlone(@ForAll VersionVector v, @ForAll Dot dot) {
    VersionVector same = copyOf(v);
    v.with(dot);
    v.without(dot.replica());
    v.join(VersionVector.of(dot));
    v.meet(VersionVector.of(dot));
    assertThat(v).isEqualTo(same);
  }

  @Property
  void zeroEntriesAreAbsent(@ForAll Map<Replica, Long> entries) {
    Map<Replica, Long> positive = new HashMap<>(entries);
    positive.values().removeIf(sequence -> sequence == 0);
    VersionVector v = VersionVector.of(entries);
    assertThat(v).isEqualTo(VersionVector.of(positive)).hasSameHashCodeAs(copyOf(v));
    assertThat(v.size()).isEqualTo(positive.size());
    assertThat(v.isEmpty()).isEqualTo(positive.isEmpty());
    entries.forEach((replica, sequence) -> assertThat(v.get(replica)).isEqualTo(sequence));
  }

  @Property
  void entriesComeInTheOrderOfTheirReplicas(@ForAll List<Dot> dots) {
    Map<Replica, Long> highest = new TreeMap<>();
    dots.forEach(dot -> highest.merge(dot.replica(), dot.sequence(), Math::max));
    assertThat(VersionVector.of(dots))
        .extracting(Dot::replica)
        .containsExactlyElementsOf(new TreeSet<>(highest.keySet()));
    assertThat(VersionVector.of(dots)).isEqualTo(VersionVector.of(highest));
  }

  @Example
  void aNegativeSequenceIsRefused() {
    assertThatThrownBy(() -> VersionVector.of(Map.of(A, -1L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a.1=-1");
  }

  @Example
  void aVectorPrintsItsEntries() {
    assertThat(VersionVector.of(new Dot(B, 2), new Dot(A, 17))).hasToString("{a.1=17, b.1=2}");
    assertThat(VersionVector.EMPTY).hasToString("{}");
  }

  private static boolean before(VersionVector u, VersionVector v) {
    return u.compare(v) == CausalOrder.BEFORE;
  }

  private static VersionVector copyOf(VersionVector v) {
    return VersionVector.of(dotsOf(v));
  }

  private static List<Dot> dotsOf(VersionVector v) {
    List<Dot> dots = new ArrayList<>();
    v.forEach(dots::add);
    return dots;
  }
}
