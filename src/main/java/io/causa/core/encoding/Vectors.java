package io.causa.core.encoding;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;

/** Replicas and version vectors as bytes, self-contained: every replica with its full name. */
public final class Vectors {

  private static final int LEAST_ENTRY_BYTES = 4;

  private Vectors() {}

  public static void write(ByteWriter out, Replica replica) {
    out.writeString(replica.name()).writeVarint(replica.generation());
  }

  public static Replica readReplica(ByteReader in) throws MalformedException {
    String name = in.readString("a replica's name");
    if (!Replica.isName(name)) {
      throw new MalformedException("\"" + name + "\" is no replica's name");
    }
    return new Replica(name, in.readBetween(1, Long.MAX_VALUE, "the generation of " + name));
  }

  public static void write(ByteWriter out, VersionVector vector) {
    out.writeVarint(vector.size());
    for (Dot entry : vector) {
      write(out, entry.replica());
      out.writeVarint(entry.sequence());
    }
  }

  public static VersionVector readVector(ByteReader in) throws MalformedException {
    int count = in.readCount(LEAST_ENTRY_BYTES, "entries of a vector");
    List<Dot> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Replica replica = readReplica(in);
      entries.add(new Dot(replica, in.readBetween(1, Long.MAX_VALUE, "a sequence of " + replica)));
    }
    return VersionVector.of(entries);
  }
}
