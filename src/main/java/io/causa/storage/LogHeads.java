package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.Write;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Finds the oldest writes of a log in the database, as far as trimming needs to know them. Of a
 * full log they go one after the other, so some are read together.
 *
 * <p>Owner: the commit thread. Bound: {@link #AT_A_TIME} writes of each origin, without their keys
 * and values.
 */
final class LogHeads {

  /** How many writes of an origin are read at a time. */
  static final int AT_A_TIME = 256;

  /** After how many bytes of them no further one is read. */
  private static final long BYTES_AT_A_TIME = 1 << 18;

  private final RocksDatabase database;
  private final BiFunction<Dot, byte[], Write> decode;
  private final Map<Replica, Deque<TrimOrder.Head>> read = new HashMap<>();

  /**
   * @param decode reads the entry of a write
   */
  LogHeads(RocksDatabase database, BiFunction<Dot, byte[], Write> decode) {
    this.database = database;
    this.decode = decode;
  }

  /** Returns what is to be known of the write; empty if the log lacks it. */
  Optional<TrimOrder.Head> find(Dot dot) throws RocksDBException {
    Deque<TrimOrder.Head> next = read.computeIfAbsent(dot.replica(), origin -> new ArrayDeque<>());
    if (next.isEmpty() || !next.peek().dot().equals(dot)) {
      next.clear();
      readFrom(dot, next);
    }
    return Optional.ofNullable(next.poll());
  }

  /** What the log holds of this replica has changed. */
  void forget(Replica origin) {
    read.remove(origin);
  }

  private void readFrom(Dot first, Deque<TrimOrder.Head> into) throws RocksDBException {
    Replica origin = first.replica();
    long sequence = first.sequence();
    long bytes = 0;
    try (RocksIterator entries = database.db().newIterator(database.log())) {
      entries.seek(Records.logKey(origin, sequence));
      while (into.size() < AT_A_TIME
          && bytes < BYTES_AT_A_TIME
          && RocksLog.isAt(entries, origin, sequence)) {
        Write write = decode.apply(new Dot(origin, sequence), entries.value());
        into.add(TrimOrder.Head.of(write));
        bytes += write.sizeBytes();
        entries.next();
        sequence++;
      }
      entries.status();
    }
  }
}
