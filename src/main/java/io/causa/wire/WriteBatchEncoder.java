package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Mutations;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Writes a batch so that a write costs a few bytes beyond its key and value, however many replicas
 * there are.
 *
 * <p>A write that directly follows another one of its origin in the batch says only what changed:
 * the dependencies that grew, by how much (one byte each as a rule), and the step of the Lamport
 * time. Its own entry is implied. The first write of an origin, and any that does not follow, is
 * written in full. The form, in order:
 *
 * <pre>
 *   head     1 bit same origin as the write before, 1 bit follows, 1 bit one mutation,
 *            then the number of dependencies given
 *   origin   index, unless the same
 *   follows: lamport step                             in full: sequence, lamport
 *   dependencies, ascending, without the own entry:
 *   follows: growth·8 + min(gap, 7), gap-7 if 7       in full: index, sequence
 *   step of the wall time since the write before in the batch
 *   number of mutations, unless one; mutations
 * </pre>
 *
 * <p>A gap counts the replicas passed over since the last one given.
 */
final class WriteBatchEncoder {

  static final int SAME_ORIGIN = 1;
  static final int FOLLOWS = 2;
  static final int ONE_MUTATION = 4;
  static final int HEAD_BITS = 3;
  static final int GAP_BITS = 3;
  static final int LONG_GAP = (1 << GAP_BITS) - 1;

  private final ByteWriter out;
  private final Map<Replica, Write> lastOfOthers = new HashMap<>();
  private ReplicaDictionary replicas;
  private Replica lastOrigin;
  private Write last;
  private long lastWallTimeMillis;

  WriteBatchEncoder(ByteWriter out) {
    this.out = out;
  }

  void write(WriteBatch batch) {
    replicas = ReplicaDictionary.of(named(batch));
    replicas.write(out);
    replicas.write(out, batch.sender());
    out.writeByte(batch.pulled() ? 1 : 0).writeVarint(batch.writes().size());
    batch.writes().forEach(this::write);
  }

  private static Set<Replica> named(WriteBatch batch) {
    Set<Replica> named = new HashSet<>();
    named.add(batch.sender());
    VersionVector seen = VersionVector.EMPTY;
    Replica origin = null;
    for (Write write : batch.writes()) {
      if (!write.origin().equals(origin)) {
        origin = write.origin();
        named.add(origin);
      }
      if (!write.dependencies().isOfSameReplicas(seen)) {
        seen = write.dependencies();
        ReplicaDictionary.collect(seen, named);
      }
    }
    return named;
  }

  private void write(Write write) {
    boolean sameOrigin = write.origin().equals(lastOrigin);
    Write before = sameOrigin ? last : switchTo(write.origin());
    last = write;
    boolean follows = before != null && follows(write, before);
    VersionVector known = follows ? before.dependencies() : VersionVector.EMPTY;
    List<Dot> given = grown(write, known);
    writeHead(write, sameOrigin, follows, given.size());
    if (follows) {
      out.writeSigned(write.lamport() - before.lamport());
      writeGrowth(given, known);
    } else {
      out.writeVarint(write.dot().sequence()).writeVarint(write.lamport());
      given.forEach(this::writeEntry);
    }
    writeRest(write);
  }

  /** Returns the last write of that origin before. */
  private Write switchTo(Replica origin) {
    if (last != null) {
      lastOfOthers.put(lastOrigin, last);
    }
    lastOrigin = origin;
    return lastOfOthers.get(origin);
  }

  private static boolean follows(Write write, Write before) {
    return write.dot().sequence() == before.dot().sequence() + 1
        && write.dependencies().covers(before.dependencies());
  }

  private static List<Dot> grown(Write write, VersionVector known) {
    List<Dot> grown = List.of();
    for (Dot entry : write.dependencies().entries()) {
      if (!entry.replica().equals(write.origin()) && !known.covers(entry)) {
        grown = grown.isEmpty() ? new ArrayList<>() : grown;
        grown.add(entry);
      }
    }
    return grown;
  }

  private void writeHead(Write write, boolean sameOrigin, boolean follows, int given) {
    int flags =
        (sameOrigin ? SAME_ORIGIN : 0)
            | (follows ? FOLLOWS : 0)
            | (write.mutations().size() == 1 ? ONE_MUTATION : 0);
    out.writeVarint((long) given << HEAD_BITS | flags);
    if (!sameOrigin) {
      replicas.write(out, write.origin());
    }
  }

  private void writeEntry(Dot entry) {
    replicas.write(out, entry.replica());
    out.writeVarint(entry.sequence());
  }

  private void writeGrowth(List<Dot> given, VersionVector known) {
    int next = 0;
    for (Dot entry : given) {
      int index = replicas.index(entry.replica());
      int gap = index - next;
      long growth = entry.sequence() - known.get(entry.replica());
      out.writeVarint(growth << GAP_BITS | Math.min(gap, LONG_GAP));
      if (gap >= LONG_GAP) {
        out.writeVarint(gap - LONG_GAP);
      }
      next = index + 1;
    }
  }

  private void writeRest(Write write) {
    out.writeSigned(write.wallTimeMillis() - lastWallTimeMillis);
    lastWallTimeMillis = write.wallTimeMillis();
    if (write.mutations().size() > 1) {
      out.writeVarint(write.mutations().size());
    }
    Mutations.writeAll(out, write.mutations());
  }
}
