package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.store.CommitPipeline;
import io.causa.core.store.KeyStates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Writes for the tests of the codec: unrelated ones, and what replicas really write. */
final class WriteSamples {

  private static final long MAX_SEQUENCE = VectorJson.MAX_SEQUENCE;

  private WriteSamples() {}

  /** Any writes whatever, each of another origin. */
  static Arbitrary<List<Write>> unrelatedWrites() {
    Arbitrary<Long> sequences =
        Arbitraries.oneOf(
            Arbitraries.longs().between(1, 5), Arbitraries.longs().between(1, MAX_SEQUENCE));
    Arbitrary<Replica> origins =
        Arbitraries.oneOf(
            Arbitraries.of(Samples.NODE1, Samples.NODE2, Samples.NODE2_AGAIN), Samples.replicas());
    Arbitrary<List<Mutation>> mutations =
        mutations().list().uniqueElements(Mutation::key).ofMinSize(1).ofMaxSize(3);
    return Combinators.combine(
            Combinators.combine(origins, sequences).as(Dot::new),
            Arbitraries.longs().between(1, MAX_SEQUENCE),
            Samples.vectors(),
            mutations,
            Arbitraries.longs())
        .as(WriteSamples::write)
        .list()
        .uniqueElements(Write::origin)
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  private static Write write(
      Dot dot, long lamport, VersionVector any, List<Mutation> mutations, long wallTimeMillis) {
    VersionVector others = any.without(dot.replica()).meet(bounded(any));
    VersionVector dependencies =
        dot.sequence() == 1 ? others : others.with(new Dot(dot.replica(), dot.sequence() - 1));
    return new Write(dot, lamport, dependencies, mutations, wallTimeMillis);
  }

  private static VersionVector bounded(VersionVector any) {
    List<Dot> dots = new ArrayList<>();
    any.forEach(entry -> dots.add(new Dot(entry.replica(), MAX_SEQUENCE)));
    return VersionVector.of(dots);
  }

  static Arbitrary<Mutation> mutations() {
    Arbitrary<String> texts =
        Arbitraries.strings()
            .ofMaxLength(20)
            .map(s -> new String(s.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
    Arbitrary<String> types = Arbitraries.oneOf(texts, Arbitraries.of("text/plain", "image/png"));
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(300);
    Arbitrary<Mutation> puts =
        Combinators.combine(texts, bytes, types)
            .as((key, value, type) -> new Mutation.Put(key, new Value(Bytes.wrap(value), type)));
    Arbitrary<Mutation> deletes = texts.map(Mutation.Delete::new);
    return Arbitraries.frequencyOf(Tuple.of(4, puts), Tuple.of(1, deletes));
  }

  /** What some replicas write that hear of one another now and then, in causal order. */
  static Arbitrary<List<Write>> streams() {
    return Arbitraries.randomValue(random -> stream(1 + random.nextInt(12), random, 100));
  }

  private static List<Write> stream(int replicas, Random random, int steps) {
    List<Write> all = new ArrayList<>();
    List<Node> nodes = IntStream.range(0, replicas).mapToObj(Node::new).toList();
    for (int step = 0; step < steps; step++) {
      Node node = nodes.get(random.nextInt(replicas));
      if (random.nextBoolean()) {
        node.catchUp(all);
      }
      all.add(node.write("key" + random.nextInt(10), step));
    }
    return all;
  }

  /** What replicas write that take turns, each having seen everything before its turn. */
  static List<Write> alternating(int replicas, int rounds) {
    List<Write> all = new ArrayList<>();
    List<Node> nodes = IntStream.range(0, replicas).mapToObj(Node::new).toList();
    for (int turn = 0; turn < replicas * rounds; turn++) {
      Node node = nodes.get(turn % replicas);
      node.catchUp(all);
      all.add(node.write("key" + turn % 10, turn));
    }
    return all;
  }

  /** The write, and more by its origin, which hears of nobody meanwhile. */
  static List<Write> alone(Write first, int count) {
    List<Write> writes = new ArrayList<>(List.of(first));
    while (writes.size() < count) {
      Write last = writes.get(writes.size() - 1);
      VersionVector dependencies = last.dependencies().with(last.dot());
      long wallTimeMillis = last.wallTimeMillis() + 3;
      writes.add(
          new Write(
              last.dot().next(),
              last.lamport() + 1,
              dependencies,
              last.mutations(),
              wallTimeMillis));
    }
    return writes;
  }

  /** A replica with a store of its own. */
  private static final class Node {
    private static final long START_MILLIS = 1_700_000_000_000L;

    private final CommitPipeline pipeline;
    private int caughtUp;

    Node(int number) {
      Replica self = new Replica("node" + number, START_MILLIS + number);
      pipeline = new CommitPipeline(self, new KeyStates(), 0, 10, 1000);
    }

    void catchUp(List<Write> all) {
      pipeline.deliver(
          all.subList(caughtUp, all.size()).stream()
              .filter(write -> !pipeline.applied().covers(write.dot()))
              .toList());
      caughtUp = all.size();
      commit();
    }

    Write write(String key, int step) {
      Mutation put = new Mutation.Put(key, Value.text("value"));
      pipeline.propose(new Proposal(0, List.of(put), START_MILLIS + 3L * step));
      return commit().get(0);
    }

    private List<Write> commit() {
      return pipeline.begin().isEmpty()
          ? List.of()
          : pipeline.complete().writes().stream().map(prepared -> prepared.write()).toList();
    }
  }
}
