package io.causa.storage;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Syncs the write-ahead log once a second on a thread of its own, for a storage whose commits do
 * not wait for the disk.
 */
final class WalSync {

  private static final long INTERVAL_MILLIS = 1000;

  private final RocksDB db;
  private final ScheduledThreadPoolExecutor timer;
  private volatile RocksDBException failure;

  WalSync(RocksDB db) {
    this.db = db;
    timer = new ScheduledThreadPoolExecutor(1, run -> Worker.daemon("causa-wal-sync", run));
    timer.scheduleWithFixedDelay(
        this::sync, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void sync() {
    try {
      db.flushWal(true);
    } catch (RocksDBException e) {
      failure = e;
    }
  }

  /** A sync that failed fails the next commit: what it promised has not come true. */
  void check() throws RocksDBException {
    if (failure != null) {
      throw failure;
    }
  }

  /** Syncs a last time. */
  void close() throws RocksDBException {
    Worker.stopAndWait(timer, "causa-wal-sync");
    db.flushWal(true);
  }
}
