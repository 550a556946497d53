package io.causa.core.encoding;

import io.causa.clock.Replica;
import io.causa.core.Roster;
import io.causa.core.Roster.Status;
import java.util.ArrayList;
import java.util.List;

/** Rosters as bytes, self-contained: every replica with its full name. */
public final class Rosters {

  private static final int LEAST_ENTRY_BYTES = 4;

  private Rosters() {}

  public static void write(ByteWriter out, Roster roster) {
    out.writeVarint(roster.entries().size());
    for (Roster.Entry entry : roster.entries()) {
      Vectors.write(out, entry.replica());
      out.writeVarint(entry.status().ordinal());
    }
  }

  public static Roster read(ByteReader in) throws MalformedException {
    int count = in.readCount(LEAST_ENTRY_BYTES, "entries of a roster");
    List<Roster.Entry> entries = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Replica replica = Vectors.readReplica(in);
      entries.add(new Roster.Entry(replica, readStatus(in)));
    }
    return Roster.of(entries);
  }

  private static Status readStatus(ByteReader in) throws MalformedException {
    Status[] all = Status.values();
    return all[(int) in.readBetween(0, all.length - 1, "a status in a roster")];
  }
}
