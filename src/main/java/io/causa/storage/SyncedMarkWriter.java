package io.causa.storage;

import io.causa.identity.LogMark;
import io.causa.identity.Standing;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/**
 * Raises the mark of what is synced. A raise costs a write to the memory of the operating system,
 * so it outlives the process; after a {@link #flush} it outlives a loss of power.
 *
 * <p>Between two flushes only one slot changes, and during a flush neither does. So the other slot
 * is on the disk, whatever happens to the one that changes.
 *
 * <p>Any thread may raise; one thread flushes and closes.
 */
final class SyncedMarkWriter {

  private final Path path;
  private final FileChannel file;
  private int slot = 1; // the file begins with slot 0 on the disk
  private LogMark latest;
  private LogMark written;
  private boolean flushing;
  private boolean unflushed;

  /**
   * @param made what the file says, in slot 0
   */
  SyncedMarkWriter(Path path, FileChannel file, LogMark made) {
    this.path = path;
    this.file = file;
    this.latest = made;
    this.written = made;
  }

  /**
   * Notes that a sync has returned. During a flush that stays in memory until the flush has ended.
   *
   * @param change the last change that the sync has put on the disk
   * @throws StorageException if the file cannot be written
   */
  synchronized void raise(long change) {
    note(new LogMark(Math.max(change, latest.change()), latest.generation(), latest.standing()));
  }

  /**
   * Notes a standing that is durable.
   *
   * @param change as with a raise, and later than all before
   */
  synchronized void stand(long change, Standing standing) {
    note(new LogMark(change, latest.generation(), standing.durable()));
  }

  private void note(LogMark mark) {
    latest = mark;
    if (!flushing && !latest.equals(written)) {
      write();
    }
  }

  /**
   * Puts the mark on the disk; waits for the disk if there is something to put there.
   *
   * @throws StorageException if that fails
   */
  void flush() {
    if (beginFlush()) {
      try {
        file.force(false);
      } catch (IOException e) {
        throw failed(e);
      }
      endFlush();
    }
  }

  /** Freezes the slots; returns whether there is something to flush. */
  synchronized boolean beginFlush() {
    flushing = unflushed;
    return flushing;
  }

  /** The slot that changed last is on the disk, so the other one may change. */
  synchronized void endFlush() {
    flushing = false;
    unflushed = false;
    slot = (slot + 1) % SyncedMark.SLOTS;
    note(latest);
  }

  private void write() {
    try {
      SyncedMark.encode(file, slot, latest);
    } catch (IOException e) {
      throw failed(e);
    }
    written = latest;
    unflushed = true;
  }

  private StorageException failed(IOException e) {
    return new StorageException(
        "the file " + path + " cannot be written: " + e.getMessage() + "; check the disk", e);
  }

  /** Flushes a last time. Nothing may raise the mark any more. */
  void close() {
    try {
      flush();
      flush(); // what was raised during the first one
    } finally {
      closeFile();
    }
  }

  private void closeFile() {
    try {
      file.close();
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
