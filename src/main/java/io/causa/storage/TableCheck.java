package io.causa.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletionStage;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;

/**
 * Reads every table once after the start, and checks the sums of all its blocks. The key states are
 * read when the data is opened, but most of the log only when a peer lacks it; damage there must
 * not wait for that day.
 *
 * <p>On a thread of its own, one table after the other, so that it can be told to stop.
 */
final class TableCheck {

  private final RocksDatabase database;
  private final Worker worker = new Worker("causa-check", 1);
  private volatile boolean stopped;

  TableCheck(RocksDatabase database) {
    this.database = database;
  }

  /** Fails with a {@link StorageException} that names the table, if one is damaged. */
  CompletionStage<Void> run() {
    return worker.run(
        () -> {
          for (LiveFileMetaData table : database.db().getLiveFilesMetaData()) {
            if (!stopped) {
              check(Path.of(table.path(), table.fileName()));
            }
          }
          return null;
        });
  }

  private void check(Path table) {
    try (Options options = new Options();
        SstFileReader reader = new SstFileReader(options)) {
      reader.open(table.toString());
      reader.verifyChecksum();
    } catch (RocksDBException e) {
      if (Files.exists(table)) { // else a compaction was quicker
        throw database.damaged(table.getFileName() + ": " + e.getMessage());
      }
    }
  }

  /** Ends after the table that is being read; nothing reads the database afterwards. */
  void stop() {
    stopped = true;
    worker.stopAndWait();
  }
}
