package io.causa.storage;

import io.causa.core.encoding.MalformedException;
import io.causa.identity.LogMark;
import io.causa.identity.Standing;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * The file beside the write-ahead log that says how much of the log was on the disk: the number of
 * the last change, as RocksDB counts them. It may lag behind the log, and never leads. So a log
 * that ends before the mark has lost changes that were acknowledged. The standing is noted with it,
 * as the end of the log alone would lose it.
 *
 * <p>The file has two slots, each with a checksum; the later mark of the two holds. {@link
 * SyncedMarkWriter} changes one slot while the other one is on the disk, so a loss of power leaves
 * one of them whole.
 *
 * <p>Outside of what this can tell: a disk that loses what it has called synced, and a volume that
 * was set back below the file system, mark and log together.
 */
final class SyncedMark {

  static final int SLOTS = 2;

  private static final String FILE = "synced";
  private static final String UNFINISHED = "synced.next";

  /** Each slot has a page of its own, which a disk writes apart from the other. */
  private static final int SLOT_BYTES = 4096;

  /** "causaSY" and the version of the layout. */
  private static final long MAGIC = 0x6361757361535901L;

  private static final int CHECKED_BYTES = 5 * Long.BYTES;
  private static final int RECORD_BYTES = CHECKED_BYTES + Integer.BYTES;

  private final Path directory;
  private final Path file;

  SyncedMark(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(FILE);
  }

  /** Returns what was on the disk; empty if the file is gone, or no slot is as it was written. */
  Optional<LogMark> read() {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    Optional<LogMark> latest = Optional.empty();
    try (FileChannel slots = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int slot = 0; slot < SLOTS; slot++) {
        Optional<LogMark> found = decode(slots, slot);
        if (found.isPresent() && (latest.isEmpty() || isLater(found.get(), latest.get()))) {
          latest = found;
        }
      }
      return latest;
    } catch (IOException e) {
      throw new StorageException("the file " + file + " cannot be read; check its owner", e);
    }
  }

  private static boolean isLater(LogMark one, LogMark other) {
    return one.change() > other.change();
  }

  /**
   * Replaces the file by one that says this. Either the old one or the new one outlives a loss of
   * power.
   */
  void make(LogMark mark) {
    Path unfinished = directory.resolve(UNFINISHED);
    try {
      Files.deleteIfExists(unfinished);
      try (FileChannel slots =
          FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        slots.write(ByteBuffer.allocate(SLOTS * SLOT_BYTES), 0);
        encode(slots, 0, mark);
        slots.force(true);
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
        entries.force(true);
      }
    } catch (IOException e) {
      throw new StorageException("the file " + file + " cannot be made; check space and owner", e);
    }
  }

  /** Opens the file that {@link #make} has made, to raise what it says. */
  SyncedMarkWriter open() {
    try {
      LogMark made = read().orElseThrow(() -> new IOException("it is damaged already"));
      return new SyncedMarkWriter(file, FileChannel.open(file, StandardOpenOption.WRITE), made);
    } catch (IOException e) {
      throw new StorageException("the file " + file + " cannot be written; check its owner", e);
    }
  }

  /** Writes one slot. Nothing waits for the disk. */
  static void encode(FileChannel slots, int slot, LogMark mark) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(RECORD_BYTES).putLong(MAGIC);
    bytes.putLong(mark.change()).putLong(mark.generation());
    bytes.putLong(Standings.number(mark.standing())).putLong(mark.standing().trusted());
    bytes.putInt(checksum(bytes)).flip();
    long at = (long) slot * SLOT_BYTES;
    while (bytes.hasRemaining()) {
      slots.write(bytes, at + bytes.position());
    }
  }

  private static Optional<LogMark> decode(FileChannel slots, int slot) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(RECORD_BYTES);
    long at = (long) slot * SLOT_BYTES;
    int read = 0;
    while (bytes.hasRemaining() && read >= 0) {
      read = slots.read(bytes, at + bytes.position());
    }
    boolean whole =
        !bytes.hasRemaining()
            && bytes.getLong(0) == MAGIC
            && bytes.getInt(CHECKED_BYTES) == checksum(bytes);
    return whole ? decode(bytes.position(Long.BYTES)) : Optional.empty();
  }

  private static Optional<LogMark> decode(ByteBuffer bytes) {
    long change = bytes.getLong();
    long generation = bytes.getLong();
    try {
      Standing standing = Standings.of(bytes.getLong(), bytes.getLong());
      return Optional.of(new LogMark(change, generation, standing));
    } catch (MalformedException e) {
      return Optional.empty();
    }
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.array(), 0, CHECKED_BYTES);
    return (int) sum.getValue();
  }
}
