package io.causa.bench;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.DataSize;
import io.causa.core.KeyState;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.store.CommitPipeline;
import io.causa.core.store.KeyStates;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures what keys really occupy on the heap, beside the estimate of {@link DataSize}: fills the
 * states with keys, collects the garbage and looks.
 */
final class DataFootprint {

  private static final Replica SELF = new Replica("node1", 1_700_000_000_000L);
  private static final Replica PEER = new Replica("node2", 1_700_000_000_001L);

  private DataFootprint() {}

  public static void main(String[] args) {
    System.out.printf("%-34s %9s %12s %12s %6s%n", "", "keys", "heap/key", "estimate", "ratio");
    for (int bytes : List.of(1, 100, 1024, 20_000, 100_000, 400_000, 600_000)) {
      int keys = (int) Math.min(300_000, 200_000_000L / (bytes + 600));
      measure("put " + bytes + " B here", keys, states -> put(states, keys, bytes, 1));
      measure("put " + bytes + " B here, twice", keys, states -> put(states, keys, bytes, 2));
      measure("put " + bytes + " B from a peer", keys, states -> deliver(states, keys, bytes));
    }
    int keys = 300_000;
    measure("put 100 B, then deleted", keys, states -> delete(states, keys));
    measure("put 100 B here and from a peer", keys, states -> conflict(states, keys));
  }

  private static void measure(String what, int keys, Consumer<KeyStates> fill) {
    long before = usedBytes();
    KeyStates states = new KeyStates(VersionVector.EMPTY, Map.of());
    fill.accept(states);
    long heap = usedBytes() - before;
    long estimate = 0;
    for (int i = 0; i < keys; i++) {
      KeyState state = states.get(key(i)).orElseThrow();
      estimate += DataSize.of(state);
    }
    System.out.printf(
        "%-34s %,9d %,12d %,12d %6.2f%n",
        what, keys, heap / keys, estimate / keys, (double) estimate / heap);
  }

  private static void put(KeyStates states, int keys, int bytes, int times) {
    CommitPipeline pipeline = pipeline(SELF, states);
    for (int i = 0; i < keys * times; i++) {
      commit(pipeline, put(key(i % keys), bytes));
    }
  }

  private static void delete(KeyStates states, int keys) {
    put(states, keys, 100, 1);
    CommitPipeline pipeline = pipeline(SELF, states);
    for (int i = 0; i < keys; i++) {
      commit(pipeline, new Mutation.Delete(key(i)));
    }
  }

  private static void conflict(KeyStates states, int keys) {
    put(states, keys, 100, 1);
    deliver(states, keys, 100);
  }

  private static void deliver(KeyStates states, int keys, int bytes) {
    CommitPipeline pipeline = pipeline(SELF, states);
    VersionVector seen = VersionVector.EMPTY;
    for (int i = 0; i < keys; i++) {
      Write write = new Write(new Dot(PEER, i + 1), i + 1, seen, List.of(put(key(i), bytes)), 1);
      seen = VersionVector.of(List.of(write.dot()));
      pipeline.deliver(arrived(write));
      pipeline.begin();
      pipeline.complete();
    }
  }

  /** As it comes from the wire, with objects of its own. */
  private static List<Write> arrived(Write write) {
    byte[] wire = PeerCodec.encode(new WriteBatch(PEER, false, List.of(write)));
    var decoded = (PeerCodec.Decoded.Message) PeerCodec.decode(wire);
    return ((WriteBatch) decoded.message()).writes();
  }

  private static CommitPipeline pipeline(Replica self, KeyStates states) {
    return new CommitPipeline(self, states, 1, 1000, Long.MAX_VALUE);
  }

  private static void commit(CommitPipeline pipeline, Mutation mutation) {
    pipeline.propose(new Proposal(0, List.of(mutation), 1));
    pipeline.begin();
    pipeline.complete();
  }

  private static Mutation put(String key, int bytes) {
    String type = new String("application/octet-stream".toCharArray());
    return new Mutation.Put(key, new Value(Bytes.wrap(new byte[bytes]), type));
  }

  private static String key(int i) {
    return "key-%07d".formatted(i);
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
