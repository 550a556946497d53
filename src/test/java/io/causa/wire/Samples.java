package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;
import io.causa.membership.Capabilities;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Values that the tests of this package share. */
final class Samples {

  static final Replica NODE1 = new Replica("node1", 1_700_000_000_001L);
  static final Replica NODE2 = new Replica("node2", 1_700_000_000_002L);
  static final Replica NODE2_AGAIN = new Replica("node2", 1_700_000_900_000L);
  static final ReplicaNames NAMES = new ReplicaNames(List.of(NODE1, NODE2));

  private Samples() {}

  static VersionVector vector(long node1, long node2) {
    return VersionVector.of(new Dot(NODE1, node1), new Dot(NODE2, node2));
  }

  static Arbitrary<Replica> replicas() {
    Arbitrary<String> names =
        Arbitraries.strings()
            .withCharRange('a', 'z')
            .numeric()
            .withChars('-')
            .ofMinLength(1)
            .ofMaxLength(32);
    Arbitrary<Long> generations = Arbitraries.longs().between(1, Replica.MAX_GENERATION);
    return Combinators.combine(names, generations).as(Replica::new);
  }

  static Arbitrary<Roster> rosters() {
    return Combinators.combine(
            replicas(),
            Arbitraries.longs().between(0, Replica.MAX_GENERATION),
            Arbitraries.of(Roster.Status.class))
        .as(Roster.Entry::new)
        .list()
        .ofMaxSize(20)
        .map(Roster::of)
        .flatMap(
            roster ->
                Combinators.combine(endings(), endings())
                    .as((ordered, ended) -> Roster.of(roster.entries(), ordered, ended)));
  }

  static Arbitrary<Capabilities> capabilities() {
    Arbitrary<Integer> versions = Arbitraries.integers().between(1, 127);
    return Combinators.combine(
            versions, versions, Arbitraries.of("bases", "x", "a-long-name-9").set())
        .as(
            (one, other, features) ->
                new Capabilities(
                    Math.min(one, other), Math.max(one, other), new TreeSet<>(features)));
  }

  static Arbitrary<Endings> endings() {
    Arbitrary<Map<String, Long>> bounds =
        replicas()
            .list()
            .ofMaxSize(4)
            .map(some -> VersionVector.of(asBases(some)).bases())
            .map(Samples::asMap);
    return Combinators.combine(dots().list().ofMaxSize(20), bounds, bounds).as(Endings::of);
  }

  private static List<Dot> asBases(List<Replica> some) {
    return some.stream().map(one -> Dot.ofBase(one.name(), one.generation())).toList();
  }

  private static Map<String, Long> asMap(List<Dot> bases) {
    return bases.stream().collect(Collectors.toMap(b -> b.replica().name(), Dot::sequence));
  }

  private static Arbitrary<Dot> dots() {
    Arbitrary<Long> sequences = Arbitraries.longs().between(1, Dot.MAX_SEQUENCE);
    return Combinators.combine(replicas(), sequences).as(Dot::new);
  }

  /** Vectors with and without bases. */
  static Arbitrary<VersionVector> vectors() {
    Arbitrary<Dot> bases = replicas().map(one -> Dot.ofBase(one.name(), one.generation()));
    return Arbitraries.frequencyOf(Tuple.of(5, dots()), Tuple.of(1, bases))
        .list()
        .ofMaxSize(20)
        .map(VersionVector::of);
  }
}
