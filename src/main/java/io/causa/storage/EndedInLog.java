package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The generations before the base of their name that the log still holds writes of. The vector of
 * what is applied does not name them any more, and their writes leave the log like all others.
 *
 * <p>Owner: the commit thread. Bound: the generations that the log holds.
 */
final class EndedInLog {

  private final NavigableMap<Replica, Long> last = new TreeMap<>();

  /** Looks through the log for them: two steps for each generation. */
  static EndedInLog in(RocksDatabase database, VersionVector applied) throws RocksDBException {
    EndedInLog found = new EndedInLog();
    try (RocksIterator entries = database.db().newIterator(database.log())) {
      for (Dot base : applied.bases()) {
        found.find(base, entries);
      }
      entries.status();
    }
    return found;
  }

  private void find(Dot base, RocksIterator entries) {
    String name = base.replica().name();
    entries.seek(Records.logKey(base.replica(), 0));
    while (entries.isValid()) {
      Dot first = Records.readLogKey(entries.key());
      Replica origin = first.replica();
      if (!origin.name().equals(name) || origin.generation() >= base.sequence()) {
        return;
      }
      entries.seekForPrev(Records.logKey(origin, Long.MAX_VALUE));
      last.put(origin, Records.readLogKey(entries.key()).sequence());
      entries.next();
    }
  }

  /**
   * Takes note that bases were raised: what was named before, and is in the log, is named here.
   *
   * @param trimmed what the log holds no longer
   */
  void raised(VersionVector before, VersionVector after, VersionVector trimmed) {
    for (Dot ended : before) {
      if (after.isBelowBase(ended.replica()) && !trimmed.covers(ended)) {
        last.put(ended.replica(), ended.sequence());
      }
    }
  }

  /** Takes note that the log holds nothing any more of what that entry stands for. */
  void gone(Dot entry) {
    of(entry).clear();
  }

  /** Returns the last writes of those that the entry stands for. */
  Collection<Dot> lastOf(Dot entry) {
    return dots(of(entry));
  }

  /** Returns the last write of each. */
  Collection<Dot> all() {
    return dots(last);
  }

  /** Returns the base that says what the log holds nothing of any more. */
  Dot trimmedTo(Dot base) {
    NavigableMap<Replica, Long> held = of(base);
    return held.isEmpty() ? base : Dot.ofBase(base.replica().name(), held.firstKey().generation());
  }

  private NavigableMap<Replica, Long> of(Dot entry) {
    Replica first = entry.replica();
    Replica end = entry.isBase() ? new Replica(first.name(), entry.sequence() - 1) : first;
    return last.subMap(first, true, end, true);
  }

  private static List<Dot> dots(NavigableMap<Replica, Long> some) {
    List<Dot> dots = new ArrayList<>(some.size());
    some.forEach((replica, sequence) -> dots.add(new Dot(replica, sequence)));
    return dots;
  }
}
