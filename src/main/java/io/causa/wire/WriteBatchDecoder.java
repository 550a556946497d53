package io.causa.wire;

import static io.causa.wire.WriteBatchEncoder.FOLLOWS;
import static io.causa.wire.WriteBatchEncoder.GAP_BITS;
import static io.causa.wire.WriteBatchEncoder.HEAD_BITS;
import static io.causa.wire.WriteBatchEncoder.LONG_GAP;
import static io.causa.wire.WriteBatchEncoder.ONE_MUTATION;
import static io.causa.wire.WriteBatchEncoder.SAME_ORIGIN;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Write;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.Mutations;
import io.causa.core.encoding.Vectors;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what {@link WriteBatchEncoder} wrote; the form is described there. */
final class WriteBatchDecoder {

  private static final int LEAST_WRITE_BYTES = 5;

  /** Adding so many entries one by one is cheaper than joining vectors. */
  private static final int FEW_ENTRIES = 4;

  /** Twice what {@code replication.batchBytes} lets a node send at the most. */
  private static final long MOST_VECTOR_BYTES = 32L << 20;

  private final ByteReader in;
  private final KnownBytes<ReplicaDictionary> known;
  private final Map<Replica, Write> lastOfOthers = new HashMap<>();
  private ReplicaDictionary replicas;
  private Replica lastOrigin;
  private Write last;
  private long lastWallTimeMillis;
  private long vectorBytes;

  /**
   * @param known the dictionaries of earlier messages
   */
  WriteBatchDecoder(ByteReader in, KnownBytes<ReplicaDictionary> known) {
    this.in = in;
    this.known = known;
  }

  WriteBatch read() throws MalformedException {
    replicas = ReplicaDictionary.read(in, known);
    Replica sender = replicas.readReplica(in);
    boolean pulled = in.readBetween(0, 1, "whether a batch was pulled") == 1;
    int count = in.readCount(LEAST_WRITE_BYTES, "writes");
    List<Write> writes = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      writes.add(readWrite());
    }
    return new WriteBatch(sender, pulled, writes);
  }

  private Write readWrite() throws MalformedException {
    long head = in.readVarint();
    Replica origin = readOrigin(head);
    boolean follows = (head & FOLLOWS) != 0;
    boolean one = (head & ONE_MUTATION) != 0;
    long given = head >>> HEAD_BITS;
    last = follows ? readFollowing(origin, given, one) : readFull(origin, given, one);
    return last;
  }

  private Replica readOrigin(long head) throws MalformedException {
    if ((head & SAME_ORIGIN) == 0) {
      if (last != null) {
        lastOfOthers.put(lastOrigin, last);
      }
      lastOrigin = replicas.readReplica(in);
      last = lastOfOthers.get(lastOrigin);
    } else if (lastOrigin == null) {
      throw new MalformedException("the first write has no origin");
    }
    return lastOrigin;
  }

  private Write readFull(Replica origin, long given, boolean one) throws MalformedException {
    Dot dot = Vectors.readDot(origin, in);
    long lamport = Vectors.readTime(in);
    VersionVector others = replicas.readEntries(in, given);
    Optional<Dot> before =
        dot.sequence() == 1
            ? Optional.empty()
            : Optional.of(new Dot(dot.replica(), dot.sequence() - 1));
    return readRest(dot, lamport, withOwn(others, before, dot), one);
  }

  private Write readFollowing(Replica origin, long given, boolean one) throws MalformedException {
    Write before = last;
    if (before == null) {
      throw new MalformedException("a write follows none of " + origin);
    }
    Dot dot = new Dot(origin, bounded(before.dot().sequence() + 1, Dot.MAX_SEQUENCE, "a sequence"));
    long lamport =
        bounded(before.lamport() + in.readSigned(), LamportTimestamp.MAX_TIME, "a Lamport time");
    VersionVector grown = readGrowth(before.dependencies(), given);
    return readRest(dot, lamport, withOwn(grown, Optional.of(before.dot()), dot), one);
  }

  private VersionVector readGrowth(VersionVector known, long given) throws MalformedException {
    if (given < 0 || given > ReplicaDictionary.MAX_REPLICAS) {
      throw new MalformedException(given + " dependencies have grown");
    }
    return given == 0 ? known : grown(known, (int) given);
  }

  private VersionVector grown(VersionVector known, int given) throws MalformedException {
    List<Dot> entries = new ArrayList<>(Math.min(given, FEW_ENTRIES));
    int next = 0;
    for (int i = 0; i < given; i++) {
      long entry = in.readVarint();
      long gap = entry & LONG_GAP;
      if (gap == LONG_GAP) {
        gap += in.readBetween(0, ReplicaDictionary.MAX_REPLICAS, "a gap");
      }
      Replica replica = replicas.replica(next + gap);
      long sequence = known.get(replica) + (entry >>> GAP_BITS);
      entries.add(new Dot(replica, bounded(sequence, Dot.MAX_SEQUENCE, "a sequence")));
      next += (int) gap + 1;
    }
    if (given > FEW_ENTRIES) {
      return known.join(VersionVector.of(entries));
    }
    VersionVector grown = known;
    for (Dot entry : entries) {
      grown = grown.with(entry);
    }
    return grown;
  }

  /** A write depends on its origin's write before it. */
  private static VersionVector withOwn(VersionVector others, Optional<Dot> before, Dot dot)
      throws MalformedException {
    VersionVector all = before.map(others::with).orElse(others);
    if (all.covers(dot)) {
      throw new MalformedException(dot + " depends on itself");
    }
    return all;
  }

  private Write readRest(Dot dot, long lamport, VersionVector dependencies, boolean one)
      throws MalformedException {
    spend(dependencies);
    lastWallTimeMillis += in.readSigned();
    List<Mutation> mutations = Mutations.readAll(in, one ? 1 : in.readVarint());
    return new Write(dot, lamport, dependencies, mutations, lastWallTimeMillis);
  }

  /** A few bytes may stand for a vector of thousands of entries, and for the next one, too. */
  private void spend(VersionVector dependencies) throws MalformedException {
    vectorBytes += Write.dependencyBytes(dependencies);
    if (vectorBytes > MOST_VECTOR_BYTES) {
      throw new MalformedException(
          "its vectors have more than " + MOST_VECTOR_BYTES + " bytes together");
    }
  }

  /** Sums of what was read may have left the range, even that of a long. */
  private static long bounded(long sum, long most, String what) throws MalformedException {
    if (sum < 1 || sum > most) {
      throw new MalformedException(what + " is " + sum + ", not 1 to " + most);
    }
    return sum;
  }
}
