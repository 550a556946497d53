package io.causa.core.encoding;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;

/** Replicas and version vectors as bytes, self-contained: every replica with its full name. */
public final class Vectors {

  private static final int LEAST_ENTRY_BYTES = 4;
  private static final int MOST_NAME_BYTES = 32;

  private Vectors() {}

  public static void write(ByteWriter out, Replica replica) {
    out.writeString(replica.name()).writeVarint(replica.generation());
  }

  public static Replica readReplica(ByteReader in) throws MalformedException {
    return readReplica(in, 1);
  }

  /** Reads a replica, or what stands for the base of a name: only entries of vectors have that. */
  public static Replica readReplicaOrBase(ByteReader in) throws MalformedException {
    return readReplica(in, 0);
  }

  private static Replica readReplica(ByteReader in, long least) throws MalformedException {
    String name = readName(in);
    return new Replica(
        name, in.readBetween(least, Replica.MAX_GENERATION, "the generation of " + name));
  }

  static String readName(ByteReader in) throws MalformedException {
    String name = in.readString(MOST_NAME_BYTES, "a replica's name");
    if (!Replica.isName(name)) {
      throw new MalformedException("\"" + name + "\" is no replica's name");
    }
    return name;
  }

  /** Reads the sequence of a write of this replica, which is bounded wherever it comes from. */
  public static Dot readDot(Replica replica, ByteReader in) throws MalformedException {
    return new Dot(replica, in.readBetween(1, Dot.MAX_SEQUENCE, "a sequence"));
  }

  /** Reads the Lamport time of a write, which is bounded wherever it comes from. */
  public static long readTime(ByteReader in) throws MalformedException {
    return in.readBetween(1, LamportTimestamp.MAX_TIME, "a Lamport time");
  }

  public static void write(ByteWriter out, VersionVector vector) {
    out.writeVarint(vector.size());
    for (Dot entry : vector.entries()) {
      write(out, entry.replica());
      out.writeVarint(entry.sequence());
    }
  }

  public static VersionVector readVector(ByteReader in) throws MalformedException {
    int count = in.readCount(LEAST_ENTRY_BYTES, "entries of a vector");
    List<Dot> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Replica replica = readReplicaOrBase(in);
      entries.add(readDot(replica, in));
    }
    return VersionVector.of(entries);
  }
}
