package io.causa.bench;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Batches of one origin in a cluster in which every node has written before. */
final class ScaleBatches {

  private static final int CONTENT_BYTES = 116;
  private static final long WRITTEN_BEFORE = 100_000;

  private ScaleBatches() {}

  /**
   * Returns the bytes that one write of a batch takes besides its key and value.
   *
   * @param nodes how many nodes have written
   * @param size how many writes are in the batch
   * @param commit how many writes of each node share a commit; 0 if the others write no more
   */
  static double metadataPerWrite(int nodes, int size, int commit) {
    Replica sender = replica(0);
    List<Write> writes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      long others = WRITTEN_BEFORE + (commit == 0 ? 0 : (long) i / commit * commit);
      long own = WRITTEN_BEFORE + i;
      Mutation put = new Mutation.Put("key-%012d".formatted(i), Value.text("v".repeat(100)));
      Dot dot = new Dot(sender, own + 1);
      writes.add(new Write(dot, own * nodes, vector(nodes, own, others), List.of(put), own));
    }
    int bytes = PeerCodec.encode(new WriteBatch(sender, false, writes)).length;
    return (double) (bytes - size * CONTENT_BYTES) / size;
  }

  private static VersionVector vector(int nodes, long own, long others) {
    Map<Replica, Long> entries = new HashMap<>();
    for (int i = 0; i < nodes; i++) {
      entries.put(replica(i), i == 0 ? own : others);
    }
    return VersionVector.of(entries);
  }

  private static Replica replica(int number) {
    return new Replica("node-%03d".formatted(number), (1L << 51) + number);
  }
}
