package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.node.port.BackupName;
import io.causa.node.port.BackupOutcome;
import io.causa.storage.MemoryStorage;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupsTest {

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void aNodeMakesNoBackupsUnlessItIsAllowed() {
    assertThat(outcome(Map.of()))
        .isInstanceOfSatisfying(
            BackupOutcome.Off.class,
            off -> assertThat(off.reason()).contains("storage.backupDirectory"));
  }

  @Test
  void inMemoryThereIsNothingToCopy() {
    assertThat(outcome(Map.of("storage.mode", "memory", "storage.backupDirectory", "b")))
        .isInstanceOfSatisfying(
            BackupOutcome.Off.class, off -> assertThat(off.reason()).contains("memory"));
  }

  @Test
  void aStoppedNodeWithoutDataIsNotCopied(@TempDir Path directory) {
    assertThat(Backups.ofStopped(directory.resolve("none"), directory.resolve("copy")))
        .isInstanceOfSatisfying(
            BackupOutcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("there is no data in"));
  }

  private BackupOutcome outcome(Map<String, String> settings) {
    NodeConfig config = NodeConfigLoader.load(settings, Map.of(), Optional.empty());
    var storage = new MemoryStorage(new Replica("node1", 1), 1 << 20);
    return new Backups(config.storage(), storage, vertx).make(new BackupName("a")).result();
  }
}
