package io.causa.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.zip.CRC32C;

/**
 * The file beside the write-ahead log that says how much of the log was on the disk: the number of
 * the last change, as RocksDB counts them. It may lag behind the log, and never leads. So a log
 * that ends before the mark has lost changes that were acknowledged.
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

  private static final int CHECKED_BYTES = 2 * Long.BYTES;
  private static final int RECORD_BYTES = CHECKED_BYTES + Integer.BYTES;

  private final Path directory;
  private final Path file;

  SyncedMark(Path directory) {
    this.directory = directory;
    this.file = directory.resolve(FILE);
  }

  /**
   * Returns the last change that was on the disk; empty if the file is gone, or neither slot is as
   * it was written.
   */
  OptionalLong read() {
    if (!Files.exists(file)) {
      return OptionalLong.empty();
    }
    OptionalLong latest = OptionalLong.empty();
    try (FileChannel slots = FileChannel.open(file, StandardOpenOption.READ)) {
      for (int slot = 0; slot < SLOTS; slot++) {
        OptionalLong found = decode(slots, slot);
        if (found.isPresent() && found.getAsLong() >= latest.orElse(0)) {
          latest = found;
        }
      }
      return latest;
    } catch (IOException e) {
      throw new StorageException("the file " + file + " cannot be read; check its owner", e);
    }
  }

  /**
   * Replaces the file by one that says this. Either the old one or the new one outlives a loss of
   * power.
   *
   * @param change the last change that is on the disk, 0 if that is not known
   */
  void make(long change) {
    Path unfinished = directory.resolve(UNFINISHED);
    try {
      Files.deleteIfExists(unfinished);
      try (FileChannel slots =
          FileChannel.open(unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        slots.write(ByteBuffer.allocate(SLOTS * SLOT_BYTES), 0);
        encode(slots, 0, change);
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
      return new SyncedMarkWriter(file, FileChannel.open(file, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw new StorageException("the file " + file + " cannot be written; check its owner", e);
    }
  }

  /** Writes one slot. Nothing waits for the disk. */
  static void encode(FileChannel slots, int slot, long change) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(RECORD_BYTES).putLong(MAGIC).putLong(change);
    bytes.putInt(checksum(bytes)).flip();
    long at = (long) slot * SLOT_BYTES;
    while (bytes.hasRemaining()) {
      slots.write(bytes, at + bytes.position());
    }
  }

  private static OptionalLong decode(FileChannel slots, int slot) throws IOException {
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
    return whole ? OptionalLong.of(bytes.getLong(Long.BYTES)) : OptionalLong.empty();
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C sum = new CRC32C();
    sum.update(bytes.array(), 0, CHECKED_BYTES);
    return (int) sum.getValue();
  }
}
