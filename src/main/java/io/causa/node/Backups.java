package io.causa.node;

import io.causa.clock.VersionVector;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfig.StorageMode;
import io.causa.node.port.BackupName;
import io.causa.node.port.BackupOutcome;
import io.causa.storage.RocksStorage;
import io.causa.storage.Storage;
import io.causa.storage.StorageException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes backups of a running node where its configuration allows it, and of a stopped one. */
public final class Backups {

  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

  private final NodeConfig.Storage settings;
  private final Storage storage;
  private final Vertx vertx;

  Backups(NodeConfig.Storage settings, Storage storage, Vertx vertx) {
    this.settings = settings;
    this.storage = storage;
    this.vertx = vertx;
  }

  /** Copies what is durable now; answers on the caller's context. */
  Future<BackupOutcome> make(BackupName name) {
    if (settings.mode() == StorageMode.MEMORY) {
      return off(
          "the node keeps its data in memory (storage.mode), where there is nothing to copy");
    }
    if (settings.backupDirectory().isBlank()) {
      return off("start the node with storage.backupDirectory to allow backups over HTTP");
    }
    Path directory = Path.of(settings.backupDirectory()).toAbsolutePath().resolve(name.text());
    return Future.fromCompletionStage(storage.backup(directory), vertx.getOrCreateContext())
        .map(applied -> outcome(directory, applied))
        .onSuccess(outcome -> LOG.info("backup: {}", outcome))
        .onFailure(failure -> LOG.error("the backup {} failed", directory, failure))
        .otherwise(Backups::failed);
  }

  /**
   * Copies the data directory of a node that does not run. Blocks.
   *
   * @param from the node's {@code storage.directory}
   * @param to the copy; nothing may be there
   */
  public static BackupOutcome ofStopped(Path from, Path to) {
    try {
      return outcome(to, RocksStorage.backup(from, to));
    } catch (StorageException failure) {
      return failed(failure);
    }
  }

  private static Future<BackupOutcome> off(String reason) {
    return Future.succeededFuture(new BackupOutcome.Off(reason));
  }

  private static BackupOutcome outcome(Path directory, Optional<VersionVector> applied) {
    if (applied.isEmpty()) {
      return new BackupOutcome.Exists(directory.toString());
    }
    return new BackupOutcome.Made(directory.toString(), applied.get());
  }

  private static BackupOutcome failed(Throwable failure) {
    return new BackupOutcome.Failed(failure.getMessage());
  }
}
