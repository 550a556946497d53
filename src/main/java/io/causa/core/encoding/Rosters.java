package io.causa.core.encoding;

import io.causa.clock.Replica;
import io.causa.membership.Roster;
import io.causa.membership.Roster.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * Rosters as bytes, self-contained: every replica with its full name. A roster is the last of its
 * record.
 */
public final class Rosters {

  private static final int LEAST_ENTRY_BYTES = 5;

  private Rosters() {}

  public static void write(ByteWriter out, Roster roster) {
    out.writeVarint(roster.entries().size());
    for (Roster.Entry entry : roster.entries()) {
      Vectors.write(out, entry.replica());
      writeEntry(out, entry);
    }
    EndingsRecord.write(out, roster.ordered());
    EndingsRecord.write(out, roster.ended());
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
        : Roster.of(entries, EndingsRecord.read(in), EndingsRecord.read(in));
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
