package io.causa.core.encoding;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.membership.Endings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Endings as bytes, self-contained. By name: the generation before which all have ended, the one
 * from which on the table is complete, and the listed generations, each as the step from the one
 * before it with its last write.
 */
public final class EndingsRecord {

  private static final int LEAST_NAME_BYTES = 5;
  private static final int LEAST_ENTRY_BYTES = 2;

  private EndingsRecord() {}

  public static void write(ByteWriter out, Endings endings) {
    Map<String, List<Dot>> listed = new TreeMap<>();
    endings.below().keySet().forEach(name -> listed.put(name, new ArrayList<>()));
    for (Dot last : endings.listed()) {
      listed.computeIfAbsent(last.replica().name(), name -> new ArrayList<>()).add(last);
    }
    out.writeVarint(listed.size());
    listed.forEach((name, last) -> write(out, name, last, endings));
  }

  private static void write(ByteWriter out, String name, List<Dot> listed, Endings endings) {
    out.writeString(name).writeVarint(endings.below(name)).writeVarint(endings.from(name));
    out.writeVarint(listed.size());
    listed.sort(null);
    long before = 0;
    for (Dot last : listed) {
      out.writeVarint(last.replica().generation() - before).writeVarint(last.sequence());
      before = last.replica().generation();
    }
  }

  public static Endings read(ByteReader in) throws MalformedException {
    int names = in.readCount(LEAST_NAME_BYTES, "names with ended generations");
    Map<String, Long> below = new HashMap<>();
    Map<String, Long> from = new HashMap<>();
    List<Dot> listed = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      String name = Vectors.readName(in);
      putIfSet(below, name, in.readBetween(0, Replica.MAX_GENERATION, "a base"));
      putIfSet(from, name, in.readBetween(0, Replica.MAX_GENERATION, "a base"));
      readListed(in, name, listed);
    }
    return Endings.of(listed, below, from);
  }

  private static void putIfSet(Map<String, Long> bounds, String name, long bound) {
    if (bound > 0) {
      bounds.put(name, bound);
    }
  }

  private static void readListed(ByteReader in, String name, Collection<Dot> listed)
      throws MalformedException {
    int count = in.readCount(LEAST_ENTRY_BYTES, "ended generations");
    if (listed.size() + count > 2 * Endings.MOST_LISTED) {
      throw new MalformedException(
          "more than " + 2 * Endings.MOST_LISTED + " ended generations are listed");
    }
    long generation = 0;
    for (int i = 0; i < count; i++) {
      long most = Replica.MAX_GENERATION - generation;
      generation += in.readBetween(1, most, "the step to a generation of " + name);
      listed.add(Vectors.readDot(new Replica(name, generation), in));
    }
  }
}
