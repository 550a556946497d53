package io.causa.bench;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * The yardstick of {@code bin/bench fsync}: how many writes RocksDB alone makes durable in a
 * second, one thread, batch after batch, each batch synced. A write puts what a commit of Causa
 * puts for it: a log entry and a key's state, and for each batch one position.
 *
 * <p>{@code SyncBatches DIRECTORY SECONDS WRITES-IN-A-BATCH [VALUE-BYTES, default 32]} prints
 * {@code RESULT writes/s}.
 */
public final class SyncBatches {

  private static final int KEYS = 1000;
  private static final int VALUE_BYTES = 32;
  private static final int BESIDE_VALUE_BYTES = 32;
  private static final int POSITION_BYTES = 40;
  private static final int LOG_KEY_BYTES = 22;

  private final RocksDB db;
  private final int entryBytes;
  private final byte[] values;
  private long sequence;

  /**
   * @param entryBytes of a log entry, and of the state of a key
   */
  private SyncBatches(RocksDB db, int entryBytes) {
    this.db = db;
    this.entryBytes = entryBytes;
    this.values = new byte[2 * entryBytes];
    new Random(1).nextBytes(values);
  }

  public static void main(String[] arguments) throws RocksDBException {
    Path directory = Path.of(arguments[0]);
    long seconds = Long.parseLong(arguments[1]);
    int batchWrites = Integer.parseInt(arguments[2]);
    int valueBytes = arguments.length > 3 ? Integer.parseInt(arguments[3]) : VALUE_BYTES;
    try (Options options = new Options().setCreateIfMissing(true);
        RocksDB db = RocksDB.open(options, directory.toString())) {
      SyncBatches bench = new SyncBatches(db, valueBytes + BESIDE_VALUE_BYTES);
      bench.run(1, batchWrites);
      System.out.printf("RESULT %.0f%n", bench.run(seconds, batchWrites));
    }
  }

  /** Writes in a second. */
  private double run(long seconds, int batchWrites) throws RocksDBException {
    long before = sequence;
    long startNanos = System.nanoTime();
    long limitNanos = TimeUnit.SECONDS.toNanos(seconds);
    try (WriteOptions synced = new WriteOptions().setSync(true)) {
      while (System.nanoTime() - startNanos < limitNanos) {
        write(synced, batchWrites);
      }
    }
    return (sequence - before) * 1e9 / (System.nanoTime() - startNanos);
  }

  private void write(WriteOptions synced, int batchWrites) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      for (int i = 0; i < batchWrites; i++) {
        sequence++;
        batch.put(logKey(sequence), part(0, entryBytes));
        batch.put(text("k/bench-" + sequence % KEYS), part(entryBytes, entryBytes));
      }
      batch.put(text("m/position"), part(0, POSITION_BYTES));
      db.write(synced, batch);
    }
  }

  private byte[] part(int from, int length) {
    byte[] part = new byte[length];
    System.arraycopy(values, from, part, 0, length);
    return part;
  }

  private static byte[] logKey(long sequence) {
    return ByteBuffer.allocate(LOG_KEY_BYTES).putLong(LOG_KEY_BYTES - Long.BYTES, sequence).array();
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
