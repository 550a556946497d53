package io.causa.bench;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** The writes that the benchmark of the causal buffer offers. */
final class BufferLoad {

  /** The origin whose writes do not come: its n-th is a cause of the n-th held write. */
  static final Replica CAUSE = new Replica("cause", 1);

  private static final Replica INDEPENDENT = new Replica("independent", 1);
  private static final List<Replica> EFFECTS =
      List.of(new Replica("effect-1", 1), new Replica("effect-2", 1), new Replica("effect-3", 1));
  private static final long SEED = 20_260_101;

  private BufferLoad() {}

  /** Writes of three origins, each with a cause that is missing, in a random order of arrival. */
  static List<Write> held(int size) {
    List<Write> writes = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      Replica origin = EFFECTS.get(i % EFFECTS.size());
      long sequence = i / EFFECTS.size() + 1;
      writes.add(write(new Dot(origin, sequence), VersionVector.of(new Dot(CAUSE, i + 1))));
    }
    Collections.shuffle(writes, new Random(SEED));
    return writes;
  }

  static List<Write> causes(int size) {
    return inOrder(CAUSE, 1, size);
  }

  /** Writes of an origin that has no part in what is held; held themselves unless from = 1. */
  static List<Write> independent(int from, int size) {
    return inOrder(INDEPENDENT, from, size);
  }

  private static List<Write> inOrder(Replica origin, int from, int size) {
    return IntStream.range(from, from + size)
        .mapToObj(sequence -> write(new Dot(origin, sequence), VersionVector.EMPTY))
        .toList();
  }

  private static Write write(Dot dot, VersionVector causes) {
    VersionVector dependencies =
        dot.sequence() == 1 ? causes : causes.with(new Dot(dot.replica(), dot.sequence() - 1));
    Mutation put = new Mutation.Put("key-" + dot.sequence(), Value.text("0123456789abcdef"));
    return new Write(dot, dot.sequence(), dependencies, List.of(put), 0);
  }
}
