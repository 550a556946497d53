package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.engine.port.RenouncedException;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.node.port.BackupName;
import io.causa.node.port.BackupOutcome;
import io.causa.storage.MemoryStorage;
import io.causa.storage.RocksStorage;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.Storage;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node is started on a backup of its directory, while a peer knows what came after the backup.
 */
class RestoredBackupTest {

  private final Vertx timers = Vertx.vertx();
  private final LossyNetwork network = new LossyNetwork(timers, 1, 0, 0);
  @TempDir private Path directories;
  private CausaNode node1;
  private CausaNode node2;

  @AfterEach
  void stopAll() throws Exception {
    network.cut();
    await(node1.stop());
    await(node2.stop());
    await(timers.close());
  }

  @Test
  void itStopsAndThenGoesOnAsANewGenerationWithNothingLost() throws Exception {
    node2 = start("node2", new MemoryStorage(new Replica("node2", 1), 1 << 20), 0);
    Replica original = startNode1().self();
    write(node1, "before", "1");
    await(node1.stop());
    copy(directories.resolve("data"), directories.resolve("backup"));
    startNode1();
    write(node1, "after", "2");
    readAt(node2, write(node1, "after", "3"));
    await(node1.stop());
    rollBack(directories.resolve("data"), directories.resolve("backup"));

    startNode1();
    assertThat(await(node1.broken()))
        .isInstanceOf(RenouncedException.class)
        .hasMessageContaining("node2")
        .hasMessageContaining("has 3 writes")
        .hasMessageContaining("is a new generation");
    assertThat(node1.isReady()).as("before it would have stamped anything").isFalse();
    await(node1.stop());

    startNode1();
    await(node1.ready());
    assertThat(node1.self().name()).isEqualTo("node1");
    assertThat(node1.self().generation()).isGreaterThan(original.generation());
    assertThat(text(node1, "before")).contains("1");
    assertThat(text(node1, "after")).contains("3");
    readAt(node2, write(node1, "after", "4"));
    assertThat(text(node2, "after")).contains("4");
  }

  @Test
  void aDirectoryThatWasCopiedIsANewGenerationAtOnceAndNobodyHasToBeAsked() throws Exception {
    node2 = start("node2", new MemoryStorage(new Replica("node2", 1), 1 << 20), 0);
    Replica original = startNode1().self();
    write(node1, "before", "1");
    await(node1.stop());
    copy(directories.resolve("data"), directories.resolve("backup"));
    startNode1();
    readAt(node2, write(node1, "after", "2"));
    await(node1.stop());
    delete(directories.resolve("data"));
    copy(directories.resolve("backup"), directories.resolve("data"));

    startNode1();
    assertThat(node1.self().generation()).isGreaterThan(original.generation());
    readAt(node2, write(node1, "since", "3"));
    assertThat(text(node1, "after")).as("from its peer").contains("2");
    assertThat(node1.broken().isComplete()).isFalse();
  }

  @Test
  void aBackupOfARunningNodeIsANewGenerationFromItsFirstStartWithNothingLost() throws Exception {
    node2 = start("node2", new MemoryStorage(new Replica("node2", 1), 1 << 20), 0);
    Replica original = startNode1().self();
    write(node1, "before", "1");
    backup("monday");
    readAt(node2, write(node1, "after", "2"));
    restore("monday");

    startNode1();
    readAt(node2, write(node1, "since", "3"));
    assertThat(node1.broken().isComplete()).isFalse();
    assertThat(node1.self().generation()).isGreaterThan(original.generation());
    assertThat(text(node1, "before")).contains("1");
    assertThat(text(node1, "after")).as("from its peer").contains("2");
    assertThat(text(node2, "since")).contains("3");
  }

  @Test
  void aBackupServesAlsoWhenNoPeerCanSayWhatCameAfterIt() throws Exception {
    node2 = start("node2", new MemoryStorage(new Replica("node2", 1), 1 << 20), 0);
    startNode1();
    write(node1, "before", "1");
    backup("monday");
    readAt(node2, write(node1, "after", "2"));
    network.cut();
    restore("monday");

    startNode1(0);
    write(node1, "after", "3");
    network.mend();

    VersionVector both = write(node1, "again", "4");
    readAt(node2, both);
    readAt(node1, write(node2, "from node2", "5"));
    assertThat(text(node1, "after")).isEqualTo(text(node2, "after")).contains("3");
    assertThat(node1.broken().isComplete()).isFalse();
  }

  @Test
  void aNodeWhoseDataIsInMemoryMakesNoBackup() throws Exception {
    node2 = start("node2", new MemoryStorage(new Replica("node2", 1), 1 << 20), 0);
    startNode1();
    assertThat(await(node2.backup(new BackupName("monday"))))
        .isInstanceOfSatisfying(
            BackupOutcome.Failed.class,
            failed -> assertThat(failed.reason()).contains("in memory", "nothing to copy"));
  }

  private void backup(String name) throws Exception {
    BackupOutcome outcome = await(node1.backup(new BackupName(name)));
    assertThat(outcome).isInstanceOf(BackupOutcome.Made.class);
    assertThat(await(node1.backup(new BackupName(name)))).isInstanceOf(BackupOutcome.Exists.class);
  }

  private void restore(String name) throws Exception {
    await(node1.stop());
    delete(directories.resolve("data"));
    copy(directories.resolve("backups").resolve(name), directories.resolve("data"));
  }

  private CausaNode startNode1() throws Exception {
    return startNode1(1);
  }

  private CausaNode startNode1(int others) throws Exception {
    var options =
        new RocksStorage.Options(
            directories.resolve("data"), Durability.FSYNC, 1 << 20, "node1", "causa");
    node1 = start("node1", RocksStorage.open(options, System::currentTimeMillis), others);
    return node1;
  }

  private CausaNode start(String name, Storage storage, int others) throws Exception {
    Vertx vertx = Vertx.vertx();
    NodeConfig config =
        NodeConfigLoader.load(
            Map.of(
                "node.id",
                name,
                "node.stopMillis",
                "1000",
                "storage.backupDirectory",
                directories.resolve("backups").toString()),
            Map.of(),
            Optional.empty());
    CausaNode node = new CausaNode(config, vertx, storage, network.at(name, vertx));
    await(node.deploy(ports -> NoEdge::new));
    node.begin(others);
    return node;
  }

  private static VersionVector write(CausaNode node, String key, String value) throws Exception {
    await(node.ready());
    List<Mutation> put = List.of(new Mutation.Put(key, Value.text(value)));
    var request = new WriteRequest(put, VersionVector.EMPTY, 0, false);
    return ((Outcome.Done<Dot>) await(node.store().write(request, never()))).applied();
  }

  private static void readAt(CausaNode node, VersionVector context) throws Exception {
    await(node.store().await(context, 20_000, never()));
    assertThat(node.store().view().applied().covers(context)).isTrue();
  }

  private static Optional<String> text(CausaNode node, String key) {
    return node.store()
        .view()
        .get(key)
        .flatMap(state -> state.visible().value())
        .map(value -> value.bytes().utf8());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(file -> copyOne(file, to.resolve(from.relativize(file).toString())));
    }
  }

  /** As a volume is set back below the file system: its files are the same ones as before. */
  private static void rollBack(Path directory, Path before) throws IOException {
    Path mark = directory.resolve("original");
    Path kept = directory.resolveSibling("original");
    Files.move(mark, kept);
    delete(directory);
    copy(before, directory);
    Files.move(kept, mark, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void copyOne(Path from, Path to) {
    try {
      Files.copy(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      files
          .sorted((a, b) -> b.compareTo(a))
          .forEach(file -> assertThat(file.toFile().delete()).isTrue());
    }
  }

  private static Future<Void> never() {
    return Promise.<Void>promise().future();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  /** A node without HTTP. */
  private static final class NoEdge extends VerticleBase {}
}
