package io.causa.storage;

import io.causa.core.encoding.UnsupportedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.NativeLibraryLoader;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/**
 * An open RocksDB with the three column families of a replica, and everything native that has to be
 * given back.
 */
final class RocksDatabase implements AutoCloseable {

  private static final long WRITE_BUFFER_BYTES = 16L << 20;
  private static final long CACHE_BYTES = 32L << 20;
  private static final long MOST_WAL_BYTES = 64L << 20;
  private static final int KEPT_INFO_LOGS = 4;
  private static final String NATIVE_DIRECTORY = "native";

  private final Path directory;
  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final RocksDB db;
  private final List<ColumnFamilyHandle> families = new ArrayList<>();
  private final Metadata metadata;

  /**
   * Opens or makes the database.
   *
   * @param recovery what to do about a write-ahead log that is damaged
   * @throws StorageException if the directory cannot be used, or another process has it
   */
  RocksDatabase(Path directory, WALRecoveryMode recovery) {
    this.directory = directory;
    makeDirectory();
    requireWholeOrEmpty();
    loadLibrary();
    try {
      db = RocksDB.open(options(recovery), directory.toString(), descriptors(), families);
    } catch (RocksDBException e) {
      close();
      throw new StorageException(explain(e), e);
    }
    opened.push(db);
    families.forEach(opened::push);
    metadata = new Metadata(db, meta(), "the data directory " + directory);
  }

  Path directory() {
    return directory;
  }

  RocksDB db() {
    return db;
  }

  /** Writes by origin and sequence. */
  ColumnFamilyHandle log() {
    return families.get(1);
  }

  /** States by key. */
  ColumnFamilyHandle keys() {
    return families.get(2);
  }

  /** Identity, format and position, as they stand; {@link #metadata} reads and writes them. */
  ColumnFamilyHandle meta() {
    return families.get(3);
  }

  Metadata metadata() {
    return metadata;
  }

  private void makeDirectory() {
    try {
      Files.createDirectories(directory.resolve(NATIVE_DIRECTORY));
    } catch (IOException e) {
      throw new StorageException(
          "the data directory "
              + directory
              + " cannot be made or written; check its path and owner",
          e);
    }
  }

  /**
   * RocksDB begins anew where {@code CURRENT} is missing, and deletes all that was there; and takes
   * a write-ahead log that is missing for one that was empty.
   */
  private void requireWholeOrEmpty() {
    try (Stream<Path> files = Files.list(directory)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      Optional<String> remains = names.stream().filter(RocksDatabase::isData).findFirst();
      if (!names.contains("CURRENT")) {
        if (remains.isPresent()) {
          throw damaged("there is " + remains.get() + ", but the file CURRENT is gone");
        }
      } else if (names.stream().noneMatch(name -> name.endsWith(".log"))) {
        throw damaged("its write-ahead log is gone, the newest of the files named *.log");
      }
    } catch (IOException e) {
      throw new StorageException("the data directory " + directory + " cannot be listed", e);
    }
  }

  private static boolean isData(String name) {
    return name.matches("MANIFEST-.*|.*\\.(sst|log)");
  }

  /** Unpacked beside the data and not in a temporary file, of which each kill would leave one. */
  private void loadLibrary() {
    try {
      Path target = directory.resolve(NATIVE_DIRECTORY).toAbsolutePath();
      NativeLibraryLoader.getInstance().loadLibrary(target.toString());
    } catch (IOException e) {
      throw new StorageException("RocksDB's library cannot be unpacked to " + directory, e);
    }
  }

  private DBOptions options(WALRecoveryMode recovery) {
    return keep(
        strictOptions()
            .setCreateIfMissing(true)
            .setCreateMissingColumnFamilies(true)
            .setWalRecoveryMode(recovery)
            // All families tell of one commit, even when a file of the database is lost.
            .setAtomicFlush(true)
            .setMaxTotalWalSize(MOST_WAL_BYTES)
            .setInfoLogLevel(InfoLogLevel.WARN_LEVEL)
            .setKeepLogFileNum(KEPT_INFO_LOGS));
  }

  /** A lost or shortened write-ahead log must be noticed; Java has no setter for that. */
  private static DBOptions strictOptions() {
    Properties strict = new Properties();
    strict.setProperty("track_and_verify_wals_in_manifest", "true");
    return DBOptions.getDBOptionsFromProps(strict);
  }

  private List<ColumnFamilyDescriptor> descriptors() {
    Cache cache = keep(new LRUCache(CACHE_BYTES));
    ColumnFamilyOptions options =
        keep(
            new ColumnFamilyOptions()
                .setWriteBufferSize(WRITE_BUFFER_BYTES)
                .setCompressionType(CompressionType.LZ4_COMPRESSION)
                .setTableFormatConfig(new BlockBasedTableConfig().setBlockCache(cache)));
    return List.of(
        new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, options),
        new ColumnFamilyDescriptor("log".getBytes(StandardCharsets.US_ASCII), options),
        new ColumnFamilyDescriptor("keys".getBytes(StandardCharsets.US_ASCII), options),
        new ColumnFamilyDescriptor("meta".getBytes(StandardCharsets.US_ASCII), options));
  }

  private <T extends AutoCloseable> T keep(T nativeObject) {
    opened.push(nativeObject);
    return nativeObject;
  }

  private String explain(RocksDBException e) {
    boolean locked = e.getMessage() != null && e.getMessage().contains("LOCK");
    return locked
        ? "the data directory "
            + directory
            + " is in use by another process; stop that node, or give this one a directory of its own"
        : damaged(e).getMessage();
  }

  /** What to say when something in the database is not as it was written. */
  StorageException damaged(Exception e) {
    return new StorageException(damage(e.getMessage()), e);
  }

  StorageException damaged(String what) {
    return new StorageException(damage(what));
  }

  /** What to say when a later version of Causa has written to the database. */
  StorageException later(UnsupportedException e) {
    return new StorageException(
        "%s: a later version wrote it. Run that version, or a later one; or move %s away and start this node with an empty directory, which gets everything from its peers"
            .formatted(e.getMessage(), directory),
        e);
  }

  private String damage(String what) {
    return "the data directory %s cannot be used: %s; restore a backup, or move it away and start this node with an empty one, which gets everything from its peers"
        .formatted(directory, what);
  }

  /** Gives everything back, the latest first. Nothing may be under way. */
  @Override
  public void close() {
    while (!opened.isEmpty()) {
      closeOne(opened.pop());
    }
  }

  private void closeOne(AutoCloseable nativeObject) {
    try {
      nativeObject.close();
    } catch (Exception e) {
      throw new StorageException("the data directory " + directory + " cannot be closed", e);
    }
  }
}
