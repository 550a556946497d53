package io.causa.replication;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.Mutation.Put;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.membership.Roster;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.message.PeerMessage.Digest;
import java.util.List;
import java.util.stream.LongStream;

/** Replicas, writes and settings for the tests of this package. */
public final class Fixtures {

  public static final Replica A = new Replica("a", 1);
  public static final Replica B = new Replica("b", 1);
  public static final Replica C = new Replica("c", 1);
  public static final Replica D = new Replica("d", 1);

  /** Replica a knows of nobody else. */
  public static final Roster ALONE = Roster.EMPTY.declare(A);

  /** The size of each write that {@link #writes} makes. */
  public static final int WRITE_BYTES = 100;

  /** Batches of 5 writes, windows of 10. */
  public static final ReplicationSettings SETTINGS =
      new ReplicationSettings(500, 1000, 1000, 8000, 500, 3000, 700, 1000, 500, 3000, 10_000);

  private Fixtures() {}

  public static Write write(Replica origin, long sequence) {
    VersionVector before = sequence == 1 ? VersionVector.EMPTY : vector(origin, sequence - 1);
    Put put = new Put("k", new Value(Bytes.wrap(new byte[WRITE_BYTES - 32 - 17]), ""));
    return new Write(new Dot(origin, sequence), sequence, before, List.of(put), 0);
  }

  public static List<Write> writes(Replica origin, long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(s -> write(origin, s)).toList();
  }

  /** What a log that holds everything returns. */
  public static List<Write> page(ReadLog read) {
    long most = read.from() + read.maxBytes() / WRITE_BYTES - 1;
    return writes(read.origin(), read.from(), Math.min(read.to(), most));
  }

  public static VersionVector vector(Replica replica, long sequence) {
    return VersionVector.of(new Dot(replica, sequence));
  }

  public static Digest digest(Replica sender, long number, VersionVector applied) {
    return new Digest(sender, 1, number, applied, applied, VersionVector.EMPTY, ALONE, 5);
  }
}
