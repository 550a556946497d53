package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Write;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Envelope;
import io.causa.core.encoding.Format;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.Mutations;
import io.causa.core.encoding.ReplicaReader;
import io.causa.core.encoding.Rosters;
import io.causa.core.encoding.Vectors;
import io.causa.identity.Standing;
import io.causa.membership.Feature;
import io.causa.membership.Roster;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What stands in the database, record by record.
 *
 * <p>Log entries and key states stand in an {@link Envelope} behind a zero byte. Those of format 1
 * stood alone and never began with a zero: a log entry begins with its Lamport time and a key state
 * with the length of a name, and both are at least 1. So records of both kinds may stand side by
 * side. The other records are the bodies of {@link Metadata}.
 */
final class Records {

  /** What is read of records in an envelope; a directory says itself what else it needs. */
  static final Format FORMAT =
      new Format("a record of the data directory", 2, Metadata.LATEST, Feature.known());

  /** No record of format 1 began with this byte. */
  private static final int ENVELOPED = 0;

  private static final int RECORD_BYTES = 256;
  private static final int LEAST_MARK_BYTES = 2;
  private static final int LEAST_VERSION_BYTES = 6;

  private Records() {}

  /**
   * The place of a write in the log: name, zero, generation, sequence. Bytewise order is the order
   * of dots, as no name has a zero.
   */
  static byte[] logKey(Replica origin, long sequence) {
    byte[] name = origin.name().getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(name.length + 1 + 2 * Long.BYTES)
        .put(name)
        .put((byte) 0)
        .putLong(origin.generation())
        .putLong(sequence)
        .array();
  }

  /** Reads what {@link #logKey} wrote. */
  static Dot readLogKey(byte[] key) {
    int name = key.length - 1 - 2 * Long.BYTES;
    ByteBuffer numbers = ByteBuffer.wrap(key, name + 1, 2 * Long.BYTES);
    Replica origin =
        new Replica(new String(key, 0, name, StandardCharsets.US_ASCII), numbers.getLong());
    return new Dot(origin, numbers.getLong());
  }

  /** A write without its dot, which is its key, and the dependency on its origin that follows. */
  static byte[] logEntry(Write write) {
    ByteWriter out = begin(write.sizeBytes() + RECORD_BYTES);
    out.writeVarint(write.lamport()).writeSigned(write.wallTimeMillis());
    Vectors.write(out, write.dependencies().without(write.origin()));
    out.writeVarint(write.mutations().size());
    Mutations.writeAll(out, write.mutations());
    return out.toBytes();
  }

  static Write readLogEntry(Dot dot, byte[] bytes) throws MalformedException {
    ByteReader in = open(bytes);
    long lamport = Vectors.readTime(in);
    long wallTimeMillis = in.readSigned();
    VersionVector others = Vectors.readVector(in);
    VersionVector dependencies =
        dot.sequence() == 1 ? others : others.with(new Dot(dot.replica(), dot.sequence() - 1));
    var mutations = Mutations.readAll(in, in.readVarint());
    in.requireEnd();
    return new Write(dot, lamport, dependencies, mutations, wallTimeMillis);
  }

  private static ByteWriter begin(int expectedBytes) {
    ByteWriter out = new ByteWriter(expectedBytes).writeByte(ENVELOPED);
    Envelope.begin(out, Metadata.LATEST);
    return out;
  }

  /** Returns a reader of the body, of any format. */
  private static ByteReader open(byte[] bytes) throws MalformedException {
    return bytes.length == 0 || bytes[0] != ENVELOPED
        ? new ByteReader(bytes)
        : Envelope.read(new ByteReader(bytes, 1, bytes.length), FORMAT).body();
  }

  static byte[] key(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  static String readKey(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static byte[] state(KeyState state) {
    ByteWriter out = begin(RECORD_BYTES);
    writeVersion(out, state.visible());
    out.writeVarint(state.losers().size());
    state.losers().forEach(loser -> writeVersion(out, loser));
    return out.toBytes();
  }

  /**
   * @param replicas shared by all states that are read together
   */
  static KeyState readState(String key, byte[] bytes, ReplicaReader replicas)
      throws MalformedException {
    ByteReader in = open(bytes);
    KeyVersion visible = readVersion(in, key, replicas);
    int count = in.readCount(LEAST_VERSION_BYTES, "losing versions");
    List<KeyVersion> losers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      losers.add(readVersion(in, key, replicas));
    }
    in.requireEnd();
    return KeyState.of(visible, losers);
  }

  private static void writeVersion(ByteWriter out, KeyVersion version) {
    Vectors.write(out, version.dot().replica());
    out.writeVarint(version.dot().sequence()).writeVarint(version.lamport());
    out.writeSigned(version.wallTimeMillis());
    Mutations.writeChange(out, version.value());
  }

  private static KeyVersion readVersion(ByteReader in, String key, ReplicaReader replicas)
      throws MalformedException {
    Replica replica = replicas.read(in);
    Dot dot = Vectors.readDot(replica, in);
    long lamport = Vectors.readTime(in);
    long wallTimeMillis = in.readSigned();
    return new KeyVersion(dot, lamport, Mutations.readChange(in, key), wallTimeMillis);
  }

  static byte[] owner(Owner owner) {
    ByteWriter out = new ByteWriter(RECORD_BYTES);
    Vectors.write(out, owner.self());
    return out.writeString(owner.clusterName()).toBytes();
  }

  static Owner readOwner(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    return new Owner(Vectors.readReplica(in), in.readString("a cluster's name"));
  }

  static byte[] standing(Standing standing) {
    ByteWriter out = new ByteWriter(RECORD_BYTES);
    return out.writeVarint(Standings.number(standing)).writeVarint(standing.trusted()).toBytes();
  }

  static Standing readStanding(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    return Standings.of(in.readVarint(), in.readVarint());
  }

  static byte[] roster(Roster roster) {
    ByteWriter out = new ByteWriter(RECORD_BYTES);
    Rosters.write(out, roster);
    return out.toBytes();
  }

  static Roster readRoster(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    Roster roster = Rosters.read(in);
    in.requireEnd();
    return roster;
  }

  static byte[] vector(VersionVector vector) {
    ByteWriter out = new ByteWriter(RECORD_BYTES);
    Vectors.write(out, vector);
    return out.toBytes();
  }

  static VersionVector readVector(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    VersionVector vector = Vectors.readVector(in);
    in.requireEnd();
    return vector;
  }

  static byte[] marks(List<LogAge.Mark> marks) {
    ByteWriter out = new ByteWriter(RECORD_BYTES);
    out.writeVarint(marks.size());
    for (LogAge.Mark mark : marks) {
      out.writeSigned(mark.millis());
      Vectors.write(out, mark.applied());
    }
    return out.toBytes();
  }

  static List<LogAge.Mark> readMarks(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    int count = in.readCount(LEAST_MARK_BYTES, "marks of the log's age");
    List<LogAge.Mark> marks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      long millis = in.readSigned();
      marks.add(new LogAge.Mark(millis, Vectors.readVector(in)));
    }
    in.requireEnd();
    return marks;
  }

  static byte[] position(Position position) {
    ByteWriter out = new ByteWriter(RECORD_BYTES);
    Vectors.write(out, position.applied());
    Vectors.write(out, position.trimmed());
    return out.writeVarint(position.lamport()).writeVarint(position.logBytes()).toBytes();
  }

  static Position readPosition(byte[] bytes) throws MalformedException {
    ByteReader in = new ByteReader(bytes);
    VersionVector applied = Vectors.readVector(in);
    VersionVector trimmed = Vectors.readVector(in);
    return new Position(applied, in.readVarint(), trimmed, in.readVarint());
  }
}
