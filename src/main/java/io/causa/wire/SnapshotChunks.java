package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.Mutations;
import io.causa.core.encoding.Vectors;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A chunk of a snapshot as bytes: one dictionary of replicas, and the entries. */
final class SnapshotChunks {

  private static final int LEAST_ENTRY_BYTES = 7;
  private static final int LEAST_VERSION_BYTES = 5;

  private SnapshotChunks() {}

  static void write(ByteWriter content, SnapshotChunk chunk) {
    ReplicaDictionary replicas = ReplicaDictionary.of(named(chunk));
    replicas.write(content);
    replicas.write(content, chunk.sender());
    content.writeSigned(chunk.transfer()).writeVarint(chunk.number());
    replicas.write(content, chunk.instant().vector());
    replicas.write(content, chunk.instant().floor());
    content.writeVarint(chunk.instant().lamport()).writeByte(chunk.last() ? 1 : 0);
    content.writeVarint(chunk.entries().size());
    chunk.entries().forEach(entry -> write(content, entry, replicas));
  }

  static SnapshotChunk read(ByteReader content) throws MalformedException {
    ReplicaDictionary replicas = ReplicaDictionary.read(content);
    Replica sender = replicas.readReplica(content);
    long transfer = content.readSigned();
    long number = content.readBetween(1, MessageRules.MOST_CHUNKS, "the number of a chunk");
    VersionVector vector = replicas.readVector(content);
    VersionVector floor = replicas.readVector(content);
    long lamport = content.readBetween(0, LamportTimestamp.MAX_TIME, "a Lamport time");
    var instant = new SnapshotInstant(vector, floor, lamport);
    boolean last = content.readBetween(0, 1, "whether a chunk is the last") == 1;
    List<SnapshotEntry> entries = readEntries(content, replicas);
    return new SnapshotChunk(sender, transfer, number, instant, entries, last);
  }

  private static Set<Replica> named(SnapshotChunk chunk) {
    Set<Replica> named = new HashSet<>(Set.of(chunk.sender()));
    ReplicaDictionary.collect(chunk.instant().vector(), named);
    ReplicaDictionary.collect(chunk.instant().floor(), named);
    for (SnapshotEntry entry : chunk.entries()) {
      entry.state().versions().forEach(version -> named.add(version.dot().replica()));
    }
    return named;
  }

  private static void write(ByteWriter out, SnapshotEntry entry, ReplicaDictionary replicas) {
    List<KeyVersion> versions = entry.state().versions();
    out.writeString(entry.key()).writeVarint(versions.size());
    for (KeyVersion version : versions) {
      replicas.write(out, version.dot().replica());
      out.writeVarint(version.dot().sequence()).writeVarint(version.lamport());
      out.writeSigned(version.wallTimeMillis());
      Mutations.writeChange(out, version.value());
    }
  }

  private static List<SnapshotEntry> readEntries(ByteReader in, ReplicaDictionary replicas)
      throws MalformedException {
    int count = in.readCount(LEAST_ENTRY_BYTES, "keys");
    List<SnapshotEntry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(readEntry(in, replicas));
    }
    return entries;
  }

  private static SnapshotEntry readEntry(ByteReader in, ReplicaDictionary replicas)
      throws MalformedException {
    String key = in.readString("a key");
    int count = in.readCount(LEAST_VERSION_BYTES, "versions");
    if (count == 0) {
      throw new MalformedException("the key \"" + key + "\" has no version");
    }
    List<KeyVersion> versions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      versions.add(readVersion(in, key, replicas));
    }
    return new SnapshotEntry(key, KeyState.of(versions.get(0), versions.subList(1, count)));
  }

  private static KeyVersion readVersion(ByteReader in, String key, ReplicaDictionary replicas)
      throws MalformedException {
    Replica replica = replicas.readReplica(in);
    Dot dot = Vectors.readDot(replica, in);
    long lamport = Vectors.readTime(in);
    long wallTimeMillis = in.readSigned();
    return new KeyVersion(dot, lamport, Mutations.readChange(in, key), wallTimeMillis);
  }
}
