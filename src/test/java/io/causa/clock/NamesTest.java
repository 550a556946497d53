package io.causa.clock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Replicas, dots and timestamps: their texts and their orders. */
@Domain(ClockArbitraries.class)
@Domain(DomainContext.Global.class)
class NamesTest {

  private static final Replica FIRST = new Replica("node1", 1);
  private static final Replica SECOND = new Replica("node1", 40);
  private static final Replica OTHER = new Replica("node2", 1);

  @Provide
  Arbitrary<Replica> anyReplica() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .withCharRange('0', '9')
            .withChars('-')
            .ofMinLength(1)
            .ofMaxLength(32);
    return Combinators.combine(names, Arbitraries.longs().between(1, Long.MAX_VALUE))
        .as(Replica::new);
  }

  @Property
  void aReplicaIsReadAsItWasPrinted(@ForAll("anyReplica") Replica replica) {
    assertThat(Replica.parse(replica.toString())).isEqualTo(replica);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a",
        ".",
        "a.",
        ".1",
        "a.0",
        "a.-1",
        "a.+1",
        "a.01",
        "a.Z",
        "a.1.1",
        "A.1",
        "a .1",
        "a.1 ",
        "a.1y2p0ij32e8e8",
        "a.11111111111111"
      })
  void anyOtherTextIsNoReplica(String text) {
    assertThatThrownBy(() -> Replica.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Property
  void aDotPrintsItsReplicaAndItsSequence(@ForAll Dot dot) {
    String text = dot.toString();
    int at = text.lastIndexOf(':');
    assertThat(
            new Dot(Replica.parse(text.substring(0, at)), Long.parseLong(text.substring(at + 1))))
        .isEqualTo(dot);
  }

  @Example
  void aSequenceStartsAtOne() {
    assertThatThrownBy(() -> new Dot(FIRST, 0)).hasMessage("a sequence starts at 1, not 0");
    assertThat(new Dot(FIRST, 1).next()).isEqualTo(new Dot(FIRST, 2));
  }

  @Property
  void dotsAreOrderedByReplicaThenSequence(@ForAll Dot x, @ForAll Dot y) {
    int byReplica = x.replica().compareTo(y.replica());
    int expected = byReplica != 0 ? byReplica : Long.compare(x.sequence(), y.sequence());
    assertThat(Integer.signum(x.compareTo(y))).isEqualTo(Integer.signum(expected));
  }

  @Property
  void timestampsAreTotallyOrdered(
      @ForAll LamportTimestamp x, @ForAll LamportTimestamp y, @ForAll LamportTimestamp z) {
    assertThat(Integer.signum(x.compareTo(y))).isEqualTo(-Integer.signum(y.compareTo(x)));
    assertThat(x.compareTo(y) == 0).isEqualTo(x.equals(y));
    if (x.compareTo(y) <= 0 && y.compareTo(z) <= 0) {
      assertThat(x.compareTo(z)).isLessThanOrEqualTo(0);
    }
  }

  @Property
  void timeComesBeforeReplica(@ForAll LamportTimestamp x, @ForAll LamportTimestamp y) {
    if (x.time() != y.time()) {
      assertThat(x.compareTo(y) < 0).isEqualTo(x.time() < y.time());
    }
  }

  @Property
  void aKnownReplicaIsReadAsItWasPrinted(@ForAll Set<Replica> known) {
    ReplicaNames names = new ReplicaNames(known);
    for (Replica replica : known) {
      assertThat(names.knows(replica)).isTrue();
      assertThat(names.parse(names.print(replica))).contains(replica);
      assertThat(names.parse(replica.toString())).contains(replica);
    }
  }

  @Property
  void differentReplicasPrintDifferently(@ForAll Set<Replica> known) {
    ReplicaNames names = new ReplicaNames(known);
    assertThat(known.stream().map(names::print)).doesNotHaveDuplicates();
  }

  @Property
  void anUnknownReplicaIsNeverTakenForAKnownOne(
      @ForAll Set<Replica> known, @ForAll Replica replica) {
    if (!known.contains(replica)) {
      ReplicaNames names = new ReplicaNames(known);
      assertThat(names.knows(replica)).isFalse();
      assertThat(names.parse(names.print(replica))).isEmpty();
      assertThat(names.parse(replica.toString())).isEmpty();
    }
  }

  @Example
  void theBareNameIsEnoughWhileItHasOneGeneration() {
    ReplicaNames names = new ReplicaNames(List.of(FIRST, OTHER));
    assertThat(names.print(FIRST)).isEqualTo("node1");
    assertThat(names.print(new Dot(OTHER, 7))).isEqualTo("node2:7");
  }

  @Example
  void aSecondGenerationBringsTheLongFormAndTheBareNameMeansNothing() {
    ReplicaNames names = new ReplicaNames(List.of(SECOND, FIRST));
    assertThat(names.print(FIRST)).isEqualTo("node1.1");
    assertThat(names.print(SECOND)).isEqualTo("node1.14");
    assertThat(names.parse("node1")).isEmpty();
    assertThat(names.parse("node1.1")).contains(FIRST);
    assertThat(names.generations("node1")).containsExactly(FIRST, SECOND);
    assertThat(names.parse("node2")).isEmpty();
  }

  @Example
  void theFormOfEarlierVersionsIsStillUnderstood() {
    ReplicaNames names = new ReplicaNames(List.of(SECOND, FIRST));
    assertThat(names.parse("node1~1")).contains(FIRST);
    assertThat(names.parse("node1~14")).contains(SECOND);
    assertThat(names.parse("node1~")).isEmpty();
  }
}
