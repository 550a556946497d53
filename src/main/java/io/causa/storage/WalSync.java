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

  /** A write-ahead log whose changes are counted. */
  interface Log {

    /** Returns the number of the last change that was written. */
    long lastChange();

    /**
     * Puts all that was written on the disk.
     *
     * @throws StorageException if that fails
     */
    void sync();
  }

  private final Log log;
  private final boolean commitsAreSynced;
  private final SyncedMarkWriter mark;
  private final ScheduledThreadPoolExecutor timer;
  private volatile RuntimeException failure;

  /**
   * Begins, and goes on by itself once a second.
   *
   * @param commitsAreSynced whether each commit is on the disk when its write returns
   * @param mark closed with this
   */
  WalSync(RocksDB db, boolean commitsAreSynced, SyncedMarkWriter mark) {
    this(logOf(db), commitsAreSynced, mark);
    timer.scheduleWithFixedDelay(
        this::tick, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The same without a timer: the caller ticks. */
  WalSync(Log log, boolean commitsAreSynced, SyncedMarkWriter mark) {
    this.log = log;
    this.commitsAreSynced = commitsAreSynced;
    this.mark = mark;
    timer = new ScheduledThreadPoolExecutor(1, run -> Worker.daemon("causa-wal-sync", run));
  }

  private static Log logOf(RocksDB db) {
    return new Log() {
      @Override
      public long lastChange() {
        return db.getLatestSequenceNumber();
      }

      @Override
      public void sync() {
        try {
          db.flushWal(true);
        } catch (RocksDBException e) {
          throw new StorageException(
              "the write-ahead log cannot be synced: " + e.getMessage() + "; check the disk", e);
        }
      }
    };
  }

  /**
   * Syncs and flushes once. The first failure ends that for good: a later sync may succeed although
   * the disk has lost what an earlier one was to put there.
   */
  void tick() {
    if (failure != null) {
      return;
    }
    try {
      if (!commitsAreSynced) {
        sync();
      }
      mark.flush();
    } catch (RuntimeException e) { // the timer would end without a word
      failure = e;
    }
  }

  /** The mark says what was there before the sync began: more may not be on the disk. */
  private void sync() {
    long written = log.lastChange();
    log.sync();
    mark.raise(written);
  }

  /**
   * A sync that failed fails the next commit: what it promised has not come true.
   *
   * @throws StorageException if a sync or the mark has failed
   */
  void check() {
    if (failure != null) {
      throw new StorageException("an earlier sync failed: " + failure.getMessage(), failure);
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
    mark.raise(log.lastChange());
  }

  /** Notes a standing; called as {@link #synced} is. */
  void stood(Standing standing) {
    mark.stand(log.lastChange(), standing);
  }

  /** Syncs and flushes a last time. */
  void close() {
    Worker.stopAndWait(timer, "causa-wal-sync");
    try {
      if (!commitsAreSynced && failure == null) {
        sync();
      }
    } finally {
      mark.close();
    }
  }
}
