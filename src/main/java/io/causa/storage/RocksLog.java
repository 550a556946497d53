package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.core.encoding.MalformedException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * The log of all origins: for each origin, without gaps, everything that is applied and not
 * trimmed.
 *
 * <p>What goes, and in which order, is {@link TrimOrder}'s and {@link LogAge}'s. It goes in steps,
 * because each deleted range costs the readers a little; in small ones, because the commit waits
 * for it.
 *
 * <p>Owner: the commit thread; {@link #read} may be called on any.
 */
final class RocksLog {

  private static final int TRIM_STEPS = 16;
  private static final long MOST_STEP_BYTES = 1 << 20;

  /** How many expired writes one commit drops at the most. */
  private static final int MOST_EXPIRED = 5000;

  private final RocksDatabase database;
  private final LogLimits limits;
  private final LogAge age;
  private final Map<Replica, TrimOrder.Head> heads = new HashMap<>();
  private final LogHeads nextHeads;
  private final EndedInLog ended;
  private VersionVector expired = VersionVector.EMPTY;
  private VersionVector trimmed;
  private long bytes;

  /**
   * @param marks what {@link #append} noted last of its age
   */
  RocksLog(RocksDatabase database, LogLimits limits, Position position, List<LogAge.Mark> marks)
      throws RocksDBException {
    this.database = database;
    this.nextHeads = new LogHeads(database, this::decode);
    this.limits = limits;
    this.age = new LogAge(limits.ageMillis(), marks);
    this.trimmed = position.trimmed();
    this.bytes = position.logBytes();
    this.ended = EndedInLog.in(database, position.applied());
  }

  VersionVector trimmed() {
    return trimmed;
  }

  long bytes() {
    return bytes;
  }

  /**
   * Adds the writes to the batch, and the deletion of those that they push out or that are too old.
   *
   * @param applied what the log holds by now
   * @param stable what every member has applied
   * @param nowMillis the wall time
   */
  void append(
      List<Write> writes,
      VersionVector applied,
      VersionVector stable,
      long nowMillis,
      WriteBatch batch)
      throws RocksDBException {
    VersionVector before = trimmed;
    expire(applied, nowMillis, batch);
    makeRoom(writes.stream().mapToLong(Write::sizeBytes).sum(), applied, stable);
    deleteTrimmed(before, batch);
    for (Write write : writes) {
      byte[] key = Records.logKey(write.origin(), write.dot().sequence());
      batch.put(database.log(), key, Records.logEntry(write));
      bytes += write.sizeBytes();
    }
  }

  /**
   * Takes note of raised bases, and lets one entry stand for all ended generations of a name that
   * the log holds nothing of.
   *
   * @param before what was applied before the commit
   * @param writes those of the commit
   * @param after what is applied after it
   */
  void compact(VersionVector before, List<Write> writes, VersionVector after) {
    if (!before.covers(after.onlyBases())) {
      VersionVector named = before.join(VersionVector.of(writes.stream().map(Write::dot).toList()));
      ended.raised(named, after, trimmed);
    }
    for (Dot base : after.bases()) {
      trimmed = trimmed.with(ended.trimmedTo(base));
    }
  }

  /**
   * Checks that the log ends where the position says.
   *
   * @throws StorageException if the last write of an origin is missing
   */
  void check(VersionVector applied) throws RocksDBException {
    for (Dot last : applied) {
      if (last.sequence() > trimmed.get(last.replica())) {
        head(last);
      }
    }
  }

  /**
   * The writes of these origins up to here came by a snapshot and not by the log, which has no
   * gaps: what it holds of them goes.
   *
   * @param applied what the log holds by now
   */
  void skip(VersionVector applied, VersionVector after, WriteBatch batch) throws RocksDBException {
    for (Dot last : after.entries()) {
      if (!applied.covers(last)) {
        skipTo(last, applied, batch);
      }
    }
  }

  /** A base stands for many: what the log holds of each of them goes. */
  private void skipTo(Dot last, VersionVector applied, WriteBatch batch) throws RocksDBException {
    if (last.isBase()) {
      for (Dot one : applied) {
        boolean isMeant = one.replica().name().equals(last.replica().name());
        if (isMeant && one.replica().generation() < last.sequence()) {
          skipTo(one, batch);
        }
      }
      for (Dot one : ended.lastOf(last)) {
        skipTo(one, batch);
      }
      ended.gone(last);
      trimmed = trimmed.with(last);
    } else {
      skipTo(last, batch);
    }
  }

  private void skipTo(Dot last, WriteBatch batch) throws RocksDBException {
    Replica origin = last.replica();
    byte[] from = Records.logKey(origin, trimmed.get(origin) + 1);
    byte[] behind = Records.logKey(origin, last.sequence() + 1);
    bytes -= bytesOf(origin);
    batch.deleteRange(database.log(), from, behind);
    trimmed = trimmed.with(last);
    heads.remove(origin);
    nextHeads.forget(origin);
  }

  private long bytesOf(Replica origin) throws RocksDBException {
    long sum = 0;
    try (RocksIterator entries = database.db().newIterator(database.log())) {
      long next = trimmed.get(origin) + 1;
      for (entries.seek(Records.logKey(origin, next));
          isAt(entries, origin, next);
          entries.next()) {
        sum += decode(new Dot(origin, next), entries.value()).sizeBytes();
        next++;
      }
      entries.status();
    }
    return sum;
  }

  /** See {@link Storage#read}. */
  List<Write> read(Replica origin, long from, long to, int maxBytes) throws RocksDBException {
    ReadPage page = new ReadPage(from, to, maxBytes);
    try (RocksIterator entries = database.db().newIterator(database.log())) {
      entries.seek(Records.logKey(origin, from));
      long next = from;
      while (isAt(entries, origin, next)
          && page.add(decode(new Dot(origin, next), entries.value()))) {
        entries.next();
        next++;
      }
      entries.status();
    }
    return page.writes();
  }

  static boolean isAt(RocksIterator entries, Replica origin, long sequence) {
    return entries.isValid() && Arrays.equals(entries.key(), Records.logKey(origin, sequence));
  }

  private void expire(VersionVector applied, long nowMillis, WriteBatch batch)
      throws RocksDBException {
    if (age.mark(nowMillis, applied)) {
      database.metadata().put(batch, RocksContents.AGE, Records.marks(age.marks()));
    }
    expired = expired.join(age.takeExpired(nowMillis)).meet(applied);
    int dropped = 0;
    Optional<TrimOrder.Head> oldest =
        trimmed.covers(expired) ? Optional.empty() : TrimOrder.nextExpired(heads(applied), expired);
    while (oldest.isPresent() && dropped < MOST_EXPIRED) {
      drop(oldest.get());
      dropped++;
      oldest = TrimOrder.nextExpired(heads(applied), expired);
    }
  }

  private void makeRoom(long incoming, VersionVector applied, VersionVector stable)
      throws RocksDBException {
    if (bytes + incoming <= limits.bytes()) {
      return;
    }
    long stepBytes = Math.min(limits.bytes() / TRIM_STEPS, MOST_STEP_BYTES);
    long goalBytes = limits.bytes() - stepBytes - incoming;
    Optional<TrimOrder.Head> next = TrimOrder.next(heads(applied), stable);
    while (bytes > goalBytes && next.isPresent()) {
      drop(next.get());
      next = TrimOrder.next(heads(applied), stable);
    }
  }

  private void deleteTrimmed(VersionVector before, WriteBatch batch) throws RocksDBException {
    for (Dot last : trimmed) {
      if (!before.covers(last)) {
        byte[] from = Records.logKey(last.replica(), before.get(last.replica()) + 1);
        byte[] behind = Records.logKey(last.replica(), last.sequence() + 1);
        batch.deleteRange(database.log(), from, behind);
      }
    }
  }

  private void drop(TrimOrder.Head head) {
    bytes -= head.sizeBytes();
    trimmed = trimmed.with(head.dot());
    heads.remove(head.dot().replica());
    ended.lastOf(head.dot()).stream().filter(trimmed::covers).forEach(ended::gone);
  }

  /** The oldest write of each origin. */
  private Collection<TrimOrder.Head> heads(VersionVector applied) throws RocksDBException {
    for (Dot last : applied) {
      findHead(last);
    }
    for (Dot last : ended.all()) {
      findHead(last);
    }
    return heads.values();
  }

  private void findHead(Dot last) throws RocksDBException {
    Dot first = new Dot(last.replica(), trimmed.get(last.replica()) + 1);
    if (first.sequence() <= last.sequence() && !heads.containsKey(last.replica())) {
      heads.put(last.replica(), head(first));
    }
  }

  private TrimOrder.Head head(Dot dot) throws RocksDBException {
    return nextHeads
        .find(dot)
        .orElseThrow(
            () ->
                database.damaged(
                    "its log lacks " + dot + ", and should hold all behind " + trimmed));
  }

  private Write decode(Dot dot, byte[] entry) {
    try {
      return Records.readLogEntry(dot, entry);
    } catch (MalformedException e) {
      throw database.damaged(e);
    }
  }
}
