package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.SnapshotEntry;
import io.causa.core.SnapshotInstant;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.Mutations;
import io.causa.replication.PeerMessage.SnapshotChunk;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A chunk of a snapshot as bytes: one dictionary of replicas, the entries, and the CRC-32C of it
 * all behind it. What a chunk brings is never compared with anything again, so it is checked here.
 */
final class SnapshotChunks {

  private static final int LEAST_ENTRY_BYTES = 7;
  private static final int LEAST_VERSION_BYTES = 5;
  private static final int OVERHEAD_BYTES = 256;

  private SnapshotChunks() {}

  static void write(ByteWriter out, SnapshotChunk chunk) {
    ByteWriter content = new ByteWriter(OVERHEAD_BYTES + sizeBytes(chunk));
    ReplicaDictionary replicas = ReplicaDictionary.of(named(chunk));
    replicas.write(content);
    replicas.write(content, chunk.sender());
    content.writeSigned(chunk.transfer()).writeVarint(chunk.number());
    replicas.write(content, chunk.instant().vector());
    replicas.write(content, chunk.instant().floor());
    content.writeVarint(chunk.instant().lamport()).writeByte(chunk.last() ? 1 : 0);
    content.writeVarint(chunk.entries().size());
    chunk.entries().forEach(entry -> write(content, entry, replicas));
    out.writeBytes(content.toBytes()).writeInt(content.crc());
  }

  static SnapshotChunk read(ByteReader in) throws MalformedException {
    ByteReader content = new ByteReader(readChecked(in));
    ReplicaDictionary replicas = ReplicaDictionary.read(content);
    Replica sender = replicas.readReplica(content);
    long transfer = content.readSigned();
    long number = content.readBetween(1, Long.MAX_VALUE, "the number of a chunk");
    VersionVector vector = replicas.readVector(content);
    VersionVector floor = replicas.readVector(content);
    var instant = new SnapshotInstant(vector, floor, content.readVarint());
    boolean last = content.readBetween(0, 1, "whether a chunk is the last") == 1;
    List<SnapshotEntry> entries = readEntries(content, replicas);
    content.requireEnd();
    return new SnapshotChunk(sender, transfer, number, instant, entries, last);
  }

  private static byte[] readChecked(ByteReader in) throws MalformedException {
    byte[] content = in.readBytes("a chunk of a snapshot");
    CRC32C crc = new CRC32C();
    crc.update(content, 0, content.length);
    int expected = in.readInt();
    if (expected != (int) crc.getValue()) {
      throw new MalformedException(
          "the CRC-32C of a chunk is %08x, not %08x".formatted((int) crc.getValue(), expected));
    }
    return content;
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

  private static int sizeBytes(SnapshotChunk chunk) {
    return chunk.entries().stream().mapToInt(SnapshotEntry::sizeBytes).sum();
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
    return new SnapshotEntry(key, new KeyState(versions.get(0), versions.subList(1, count)));
  }

  private static KeyVersion readVersion(ByteReader in, String key, ReplicaDictionary replicas)
      throws MalformedException {
    Replica replica = replicas.readReplica(in);
    Dot dot = new Dot(replica, in.readBetween(1, Long.MAX_VALUE, "a sequence of " + replica));
    long lamport = in.readVarint();
    long wallTimeMillis = in.readSigned();
    return new KeyVersion(dot, lamport, Mutations.readChange(in, key), wallTimeMillis);
  }
}
