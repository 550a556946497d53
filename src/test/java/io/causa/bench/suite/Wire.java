package io.causa.bench.suite;

import io.causa.bench.suite.Findings.Table;
import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a batch of 100 writes has beside keys and values, by the number of nodes that write. All of
 * them write at the same rate in commits of ten, and hear all commits of the others between two of
 * their own.
 */
final class Wire implements Benchmark {

  private static final int BATCH_WRITES = 100;
  private static final int COMMIT_WRITES = 10;
  private static final long FIRST_GENERATION = 1_700_000_000_000L;
  private static final long WRITTEN = 1_000_000;
  private static final int[] NODES = {3, 10, 30, 100};

  @Override
  public String name() {
    return "wire";
  }

  @Override
  public List<String> targets() {
    return List.of("wire-3", "wire-100");
  }

  @Override
  public void run(Lab lab, Findings findings) {
    List<List<String>> rows = new ArrayList<>();
    for (int nodes : NODES) {
      rows.add(List.of(Integer.toString(nodes), Spread.text(bytesPerWrite(nodes))));
    }
    findings.reach("wire-3", Spread.of(bytesPerWrite(3)));
    findings.reach("wire-100", Spread.of(bytesPerWrite(100)));
    findings.add(
        new Table("Metadata in a batch of 100 writes", List.of("nodes", "B a write"), rows));
  }

  static double bytesPerWrite(int nodes) {
    List<Write> writes = new ArrayList<>();
    long contentBytes = 0;
    VersionVector others = VersionVector.EMPTY;
    for (int i = 0; i < BATCH_WRITES; i++) {
      if (i % COMMIT_WRITES == 0) {
        others = others(nodes, WRITTEN + i);
      }
      String key = "bench-" + i;
      contentBytes += key.length() + Wrk.VALUE_BYTES;
      writes.add(write(WRITTEN + i, key, others));
    }
    int encodedBytes = PeerCodec.encode(new WriteBatch(node(0), false, writes)).length;
    return (double) (encodedBytes - contentBytes) / BATCH_WRITES;
  }

  private static VersionVector others(int nodes, long written) {
    List<Dot> dots = new ArrayList<>();
    for (int node = 1; node < nodes; node++) {
      dots.add(new Dot(node(node), written + node));
    }
    return VersionVector.of(dots);
  }

  private static Write write(long sequence, String key, VersionVector others) {
    Value value = new Value(Bytes.wrap(new byte[Wrk.VALUE_BYTES]), "text/plain");
    return new Write(
        new Dot(node(0), sequence),
        2 * sequence,
        others.with(new Dot(node(0), sequence - 1)),
        List.of(new Mutation.Put(key, value)),
        FIRST_GENERATION + sequence / COMMIT_WRITES);
  }

  private static Replica node(int number) {
    return new Replica("node" + (number + 1), FIRST_GENERATION + number);
  }
}
