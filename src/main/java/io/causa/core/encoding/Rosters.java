package io.causa.core.encoding;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import io.causa.membership.Roster.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Rosters as bytes, self-contained: every replica with its full name. A roster is the last of its
 * record.
 */
public final class Rosters {

  private static final int LEAST_ENTRY_BYTES = 5;
  private static final int EXPECTED_BYTES = 256;

  private Rosters() {}

  public static void write(ByteWriter out, Roster roster) {
    out.writeVarint(roster.entries().size());
    for (Roster.Entry entry : roster.entries()) {
      Vectors.write(out, entry.replica());
      writeEntry(out, entry);
    }
    Vectors.write(out, VersionVector.of(roster.ordered().listed()));
    Vectors.write(out, VersionVector.of(roster.ended().open()));
  }

  /**
   * Returns what stands in a field beside the roster: the generations before which all have ended,
   * and the table of their last writes. Empty before there is such a generation.
   */
  public static Optional<byte[]> endings(Roster roster) {
    if (!roster.hasBounds()) {
      return Optional.empty();
    }
    ByteWriter out = new ByteWriter(EXPECTED_BYTES);
    EndingsRecord.write(out, roster.ordered());
    EndingsRecord.write(out, roster.ended());
    return Optional.of(out.toBytes());
  }

  /**
   * Reads what {@link #endings} returned.
   *
   * @param roster what was read of the roster itself
   * @param field the field, if there is one
   */
  public static Roster withEndings(Roster roster, Optional<ByteReader> field)
      throws MalformedException {
    if (field.isEmpty()) {
      return roster;
    }
    Endings ordered = EndingsRecord.read(field.get());
    Endings ended = EndingsRecord.read(field.get());
    field.get().requireEnd();
    return Roster.of(roster.entries(), ordered, ended);
  }

  /** Reads the generations that end one by one. */
  public static Roster of(List<Roster.Entry> entries, VersionVector ordered, VersionVector ended) {
    return Roster.of(entries).retire(single(ordered)).end(single(ended));
  }

  private static Endings single(VersionVector last) {
    List<Dot> dots = new ArrayList<>();
    last.forEach(dots::add);
    return Endings.of(dots, Map.of(), Map.of());
  }

  /** What stands behind the replica: mostly two bytes, as the term mostly is the generation. */
  public static void writeEntry(ByteWriter out, Roster.Entry entry) {
    out.writeSigned(entry.term() - entry.replica().generation());
    out.writeByte(entry.status().ordinal());
  }

  /** Reads what {@link #write} wrote, now or before generations could be retired. */
  public static Roster read(ByteReader in) throws MalformedException {
    int count = in.readCount(LEAST_ENTRY_BYTES, "entries of a roster");
    List<Roster.Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Replica replica = Vectors.readReplica(in);
      entries.add(readEntry(replica, in));
    }
    Roster roster = Roster.of(entries);
    return in.remaining() == 0
        ? roster
        : of(entries, Vectors.readVector(in), Vectors.readVector(in));
  }

  /** Reads what {@link #writeEntry} wrote. */
  public static Roster.Entry readEntry(Replica replica, ByteReader in) throws MalformedException {
    long term = replica.generation() + in.readSigned();
    if (term < 0 || term > Replica.MAX_GENERATION) {
      throw new MalformedException("no term in a roster is " + term);
    }
    return new Roster.Entry(replica, term, readStatus(in));
  }

  private static Status readStatus(ByteReader in) throws MalformedException {
    Status[] all = Status.values();
    return all[(int) in.readBetween(0, all.length - 1, "a status in a roster")];
  }
}
