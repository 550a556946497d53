package io.causa.bench.core;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Value;
import io.causa.core.Write;
import java.util.List;
import java.util.stream.IntStream;

/** What the benchmarks of the core work on: 1,000 keys with values of 100 bytes. */
final class CoreSamples {

  static final String CLUSTER = "causa";
  static final Replica SELF = node(0);
  static final Replica PEER = node(1);

  private static final int KEYS = 1000;
  private static final int VALUE_BYTES = 100;
  private static final long FIRST_GENERATION = 1_700_000_000_000L;
  private static final long WALL_MILLIS = 1_764_000_000_000L;
  private static final List<Mutation> PUTS =
      IntStream.range(0, KEYS).mapToObj(CoreSamples::newPut).toList();

  private CoreSamples() {}

  static Replica node(int number) {
    return new Replica("node" + (number + 1), FIRST_GENERATION + number);
  }

  private static Mutation newPut(int key) {
    Value value = new Value(Bytes.wrap(new byte[VALUE_BYTES]), "application/octet-stream");
    return new Mutation.Put("bench-" + key, value);
  }

  static Mutation put(long number) {
    return PUTS.get((int) (number % KEYS));
  }

  static Proposal proposal(long number) {
    return new Proposal(number, List.of(put(number)), WALL_MILLIS);
  }

  /** The next write of the peer, which has seen its own writes and so much of others. */
  static Write write(long sequence, VersionVector others) {
    VersionVector seen = sequence == 1 ? others : others.with(new Dot(PEER, sequence - 1));
    return new Write(new Dot(PEER, sequence), sequence, seen, List.of(put(sequence)), WALL_MILLIS);
  }

  /** Writes of the peer in their order. */
  static List<Write> writes(int count) {
    VersionVector others = VersionVector.of(new Dot(SELF, 1_000_000), new Dot(node(2), 1_000_000));
    return IntStream.rangeClosed(1, count).mapToObj(each -> write(each, others)).toList();
  }

  /** A vector of so many nodes, each with some writes. */
  static VersionVector vector(int nodes, long writes) {
    return VersionVector.of(
        IntStream.range(0, nodes).mapToObj(each -> new Dot(node(each), writes + each)).toList());
  }
}
