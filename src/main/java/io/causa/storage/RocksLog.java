package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.core.encoding.MalformedException;
import java.util.Arrays;
import java.util.Comparator;
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
 * <p>Trimming follows the Lamport order, which extends causality, so what goes is causally closed:
 * no write stays whose effect went before it. It goes in steps of a sixteenth of the limit, because
 * each deleted range costs the readers a little.
 *
 * <p>Owner: the commit thread; {@link #read} may be called on any.
 */
final class RocksLog {

  private static final int TRIM_STEPS = 16;

  /** The oldest write of an origin, as far as trimming needs to know it. */
  private record Head(Dot dot, LamportTimestamp timestamp, int sizeBytes) {}

  private final RocksDatabase database;
  private final long maxBytes;
  private final Map<Replica, Head> heads = new HashMap<>();
  private VersionVector trimmed;
  private long bytes;

  RocksLog(RocksDatabase database, long maxBytes, Position position) {
    this.database = database;
    this.maxBytes = maxBytes;
    this.trimmed = position.trimmed();
    this.bytes = position.logBytes();
  }

  VersionVector trimmed() {
    return trimmed;
  }

  long bytes() {
    return bytes;
  }

  /**
   * Adds the writes to the batch, and the deletion of older ones that they push out.
   *
   * @param applied what the log holds by now
   */
  void append(List<Write> writes, VersionVector applied, WriteBatch batch) throws RocksDBException {
    long incoming = writes.stream().mapToLong(Write::sizeBytes).sum();
    if (bytes + incoming > maxBytes) {
      trim(maxBytes - maxBytes / TRIM_STEPS - incoming, applied, batch);
    }
    for (Write write : writes) {
      byte[] key = Records.logKey(write.origin(), write.dot().sequence());
      batch.put(database.log(), key, Records.logEntry(write));
    }
    bytes += incoming;
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

  private static boolean isAt(RocksIterator entries, Replica origin, long sequence) {
    return entries.isValid() && Arrays.equals(entries.key(), Records.logKey(origin, sequence));
  }

  private void trim(long goalBytes, VersionVector applied, WriteBatch batch)
      throws RocksDBException {
    VersionVector before = trimmed;
    Optional<Head> oldest = oldest(applied);
    while (bytes > goalBytes && oldest.isPresent()) {
      drop(oldest.get());
      oldest = oldest(applied);
    }
    for (Dot last : trimmed) {
      if (!before.covers(last)) {
        byte[] from = Records.logKey(last.replica(), before.get(last.replica()) + 1);
        byte[] behind = Records.logKey(last.replica(), last.sequence() + 1);
        batch.deleteRange(database.log(), from, behind);
      }
    }
  }

  private void drop(Head head) {
    bytes -= head.sizeBytes();
    trimmed = trimmed.with(head.dot());
    heads.remove(head.dot().replica());
  }

  private Optional<Head> oldest(VersionVector applied) throws RocksDBException {
    for (Dot last : applied) {
      Dot first = new Dot(last.replica(), trimmed.get(last.replica()) + 1);
      if (first.sequence() <= last.sequence() && !heads.containsKey(last.replica())) {
        heads.put(last.replica(), head(first));
      }
    }
    return heads.values().stream().min(Comparator.comparing(Head::timestamp));
  }

  private Head head(Dot dot) throws RocksDBException {
    byte[] entry = database.db().get(database.log(), Records.logKey(dot.replica(), dot.sequence()));
    if (entry == null) {
      throw database.damaged("its log lacks " + dot + ", and should hold all behind " + trimmed);
    }
    Write write = decode(dot, entry);
    return new Head(dot, write.timestamp(), write.sizeBytes());
  }

  private Write decode(Dot dot, byte[] entry) {
    try {
      return Records.readLogEntry(dot, entry);
    } catch (MalformedException e) {
      throw database.damaged(e);
    }
  }
}
