package io.causa.storage;

import io.causa.clock.VersionVector;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.UnsupportedException;
import io.causa.identity.LogEnd;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/**
 * Copies an open database into a directory of its own: a checkpoint of RocksDB, which holds one
 * instant between two commits, and shares the files that never change where the file system can
 * (hard links). The copy is a data directory that knows it is a copy: its first start is a new
 * generation, so it is safe to run whatever its original did since, and whether or not a peer is
 * there to tell.
 *
 * <p>A copy appears under its name when it is whole and on the disk, or not at all. Blocks.
 */
final class RocksBackup {

  private static final Path FIRST_FILE = Path.of("CURRENT");

  private final Path to;
  private final Path unfinished;

  private RocksBackup(Path to) {
    this.to = to.toAbsolutePath();
    this.unfinished = this.to.resolveSibling("." + to.getFileName() + ".unfinished");
  }

  /**
   * Copies a database that may be written to meanwhile.
   *
   * @param to where the copy goes; nothing may be there
   * @return what is applied in the copy; empty if there was something already
   * @throws StorageException if it fails
   */
  static Optional<VersionVector> make(RocksDatabase database, Path to) {
    return new RocksBackup(to).make(database);
  }

  /**
   * Copies a directory that no process has open.
   *
   * @throws StorageException if it fails, is in use, or there is no data in it
   */
  static Optional<VersionVector> make(Path from, Path to) {
    if (!Files.exists(from.resolve(FIRST_FILE))) {
      throw new StorageException(
          "there is no data in %s, only a directory that a node has used can be copied"
              .formatted(from));
    }
    try (RocksDatabase database = strict(from)) {
      return make(database, to);
    }
  }

  /** What was synced must be there; of what a kill tore, nothing was acknowledged. */
  private static RocksDatabase strict(Path directory) {
    return new RocksDatabase(directory, WALRecoveryMode.TolerateCorruptedTailRecords);
  }

  private Optional<VersionVector> make(RocksDatabase database) {
    try {
      if (Files.exists(to)) {
        return Optional.empty();
      }
      Files.createDirectories(to.getParent());
      remove(unfinished);
      checkpoint(database);
      VersionVector applied = markAsCopy(Provenance.logEnd(database, database.directory()));
      Files.move(unfinished, to, StandardCopyOption.ATOMIC_MOVE);
      sync(to.getParent());
      return Optional.of(applied);
    } catch (UnsupportedException e) {
      throw database.later(e);
    } catch (IOException | RocksDBException | MalformedException e) {
      throw new StorageException(
          "the copy %s could not be made: %s; check space and owner, and remove %s"
              .formatted(to, e, unfinished),
          e);
    }
  }

  private void checkpoint(RocksDatabase database) throws RocksDBException {
    try (Checkpoint checkpoint = Checkpoint.create(database.db())) {
      checkpoint.createCheckpoint(unfinished.toString());
    }
  }

  private VersionVector markAsCopy(LogEnd original) throws RocksDBException, MalformedException {
    try (RocksDatabase copy = strict(unfinished)) {
      return RocksIdentity.markAsCopy(copy, unfinished, original);
    }
  }

  /** What an earlier try left. */
  private static void remove(Path directory) throws IOException {
    if (Files.exists(directory)) {
      for (Path file : deepestFirst(directory)) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> deepestFirst(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.sorted(Comparator.reverseOrder()).toList();
    }
  }

  /** The name of the copy survives the loss of power, too. */
  private static void sync(Path directory) throws IOException {
    try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
      entries.force(true);
    }
  }
}
