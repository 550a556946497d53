package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.Rosters;
import io.causa.core.encoding.Vectors;
import io.causa.membership.Roster;
import io.causa.replication.message.ReplicaLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The replicas that one message names, each written once; elsewhere in the message their index
 * stands for them. Indices follow the order of replicas, so a vector's indices ascend.
 */
final class ReplicaDictionary {

  /** No node knows more, so a message that names more is garbage. */
  static final int MAX_REPLICAS = ReplicaLimit.MOST_REPLICAS;

  private static final int LEAST_REPLICA_BYTES = 3;
  private static final int LEAST_ENTRY_BYTES = 3;

  private final List<Replica> replicas;
  private final Map<Replica, Integer> indices = new HashMap<>();
  private final KnownBytes<Roster> rosters = new KnownBytes<>(1);

  private ReplicaDictionary(List<Replica> replicas) {
    this.replicas = replicas;
    replicas.forEach(replica -> indices.put(replica, indices.size()));
  }

  static ReplicaDictionary of(Set<Replica> replicas) {
    return new ReplicaDictionary(new ArrayList<>(new TreeSet<>(replicas)));
  }

  static void collect(VersionVector vector, Set<Replica> into) {
    vector.entries().forEach(entry -> into.add(entry.replica()));
  }

  void write(ByteWriter out) {
    out.writeVarint(replicas.size());
    replicas.forEach(replica -> Vectors.write(out, replica));
  }

  /**
   * Reads a dictionary. What is read by its indices may be remembered with it.
   *
   * @param known the dictionaries of earlier messages
   */
  static ReplicaDictionary read(ByteReader in, KnownBytes<ReplicaDictionary> known)
      throws MalformedException {
    return known.read(in, ReplicaDictionary::read);
  }

  static ReplicaDictionary read(ByteReader in) throws MalformedException {
    int count = in.readCount(LEAST_REPLICA_BYTES, "replicas");
    if (count > MAX_REPLICAS) {
      throw new MalformedException(count + " replicas are more than " + MAX_REPLICAS);
    }
    List<Replica> replicas = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Replica next = Vectors.readReplicaOrBase(in);
      if (i > 0 && replicas.get(i - 1).compareTo(next) >= 0) {
        throw new MalformedException(next + " follows " + replicas.get(i - 1));
      }
      replicas.add(next);
    }
    return new ReplicaDictionary(replicas);
  }

  int index(Replica replica) {
    return indices.get(replica);
  }

  Replica replica(long index) throws MalformedException {
    if (index < 0 || index >= replicas.size()) {
      throw new MalformedException("there is no replica " + index + " of " + replicas.size());
    }
    return replicas.get((int) index);
  }

  void write(ByteWriter out, Replica replica) {
    out.writeVarint(index(replica));
  }

  /** Reads who writes or sends, which is no base. */
  Replica readReplica(ByteReader in) throws MalformedException {
    Replica replica = replica(in.readVarint());
    if (replica.isBase()) {
      throw new MalformedException("the base of " + replica.name() + " is no replica");
    }
    return replica;
  }

  void write(ByteWriter out, VersionVector vector) {
    out.writeVarint(vector.size());
    for (Dot entry : vector.entries()) {
      write(out, entry.replica());
      out.writeVarint(entry.sequence());
    }
  }

  VersionVector readVector(ByteReader in) throws MalformedException {
    return readEntries(in, in.readVarint());
  }

  /** The entries of a vector whose number is known, one for each replica at the most. */
  VersionVector readEntries(ByteReader in, long count) throws MalformedException {
    if (count < 0 || count > replicas.size()) {
      throw new MalformedException(
          "a vector has " + count + " entries, and there are " + replicas.size() + " replicas");
    }
    List<Dot> entries = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      entries.add(Vectors.readDot(replica(in.readVarint()), in));
    }
    return VersionVector.of(entries);
  }

  void write(ByteWriter out, Roster roster) {
    out.writeVarint(roster.entries().size());
    for (Roster.Entry entry : roster.entries()) {
      write(out, entry.replica());
      Rosters.writeEntry(out, entry);
    }
    write(out, VersionVector.of(roster.ordered().listed()));
    write(out, VersionVector.of(roster.ended().open()));
  }

  /** Reads a roster; the one that was read last is the same object when it comes again. */
  Roster readRoster(ByteReader in) throws MalformedException {
    return rosters.read(in, this::readNewRoster);
  }

  private Roster readNewRoster(ByteReader in) throws MalformedException {
    int count = in.readCount(LEAST_ENTRY_BYTES, "entries of a roster");
    if (count > replicas.size()) {
      throw new MalformedException(count + " entries of a roster are more than the replicas");
    }
    List<Roster.Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      entries.add(Rosters.readEntry(readReplica(in), in));
    }
    return Rosters.of(entries, readVector(in), readVector(in));
  }
}
