package io.causa.storage;

import io.causa.identity.Standing;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Knows how much of the write-ahead log is on the disk, and keeps the mark of it. Once a second, on
 * a thread of its own, it syncs the log, if the commits do not wait for the disk, and flushes the
 * mark.
 */
final class WalSync {

  private static final long INTERVAL_MILLIS = 1000;

  private final RocksDB db;
  private final boolean commitsAreSynced;
  private final SyncedMarkWriter mark;
  private final ScheduledThreadPoolExecutor timer;
  private volatile StorageException failure;

  /**
   * @param commitsAreSynced whether each commit is on the disk when its write returns
   * @param mark closed with this
   */
  WalSync(RocksDB db, boolean commitsAreSynced, SyncedMarkWriter mark) {
    this.db = db;
    this.commitsAreSynced = commitsAreSynced;
    this.mark = mark;
    timer = new ScheduledThreadPoolExecutor(1, run -> Worker.daemon("causa-wal-sync", run));
    timer.scheduleWithFixedDelay(
        this::tick, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    try {
      if (!commitsAreSynced) {
        sync();
      }
      mark.flush();
    } catch (StorageException e) {
      failure = e;
    }
  }

  /** The mark says what was there before the sync began: more may not be on the disk. */
  private void sync() {
    long written = db.getLatestSequenceNumber();
    try {
      db.flushWal(true);
    } catch (RocksDBException e) {
      throw new StorageException("the write-ahead log cannot be synced: " + e.getMessage(), e);
    }
    mark.raise(written);
  }

  /**
   * A sync that failed fails the next commit: what it promised has not come true.
   *
   * @throws StorageException if a sync or the mark has failed
   */
  void check() {
    if (failure != null) {
      throw new StorageException(failure.getMessage(), failure);
    }
  }

  /** Notes a commit; called by the only thread that writes, when its write has returned. */
  void committed() {
    if (commitsAreSynced) {
      synced();
    }
  }

  /** Notes a synced write; called by the only thread that writes, when its write has returned. */
  void synced() {
    mark.raise(db.getLatestSequenceNumber());
  }

  /** Notes a standing; called as {@link #synced} is. */
  void stood(Standing standing) {
    mark.stand(db.getLatestSequenceNumber(), standing);
  }

  /** Syncs and flushes a last time. */
  void close() {
    Worker.stopAndWait(timer, "causa-wal-sync");
    try {
      if (!commitsAreSynced) {
        sync();
      }
    } finally {
      mark.close();
    }
  }
}
