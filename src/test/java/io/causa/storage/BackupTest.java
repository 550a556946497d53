package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.KeyState;
import io.causa.core.Write;
import io.causa.identity.Standing;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.RocksStorage.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackupTest {

  private static final long START_MILLIS = 1;
  private static final Replica SELF = new Replica("node1", START_MILLIS << 11);
  private static final Replica PEER = new Replica("node2", 1);
  private static final int KEYS = 50;
  private static final int BACKUPS = 5;

  @TempDir Path temp;
  private RocksStorage storage;
  private Commits commits;

  @AfterEach
  void close() {
    await(storage.close());
  }

  @ParameterizedTest
  @EnumSource
  void aBackupUnderLoadIsOneInstantBetweenTwoCommits(Durability durability) {
    open(durability);
    List<CompletableFuture<Optional<VersionVector>>> copies = new ArrayList<>();
    for (int i = 0; copies.size() <= BACKUPS; i++) {
      CompletionStage<Void> local = storage.commit(commits.local("k" + i % KEYS, "last"));
      CompletionStage<Void> remote = storage.commit(commits.remote(PEER, "k" + (i + 7) % KEYS));
      if (copies.isEmpty() || copies.get(copies.size() - 1).isDone()) {
        copies.add(storage.backup(copy(copies.size())).toCompletableFuture());
      }
      await(local);
      await(remote);
    }

    for (int i = 0; i < BACKUPS; i++) {
      requireOneInstant(copy(i), await(copies.get(i)).orElseThrow());
    }
  }

  private Path copy(int number) {
    return temp.resolve("copies").resolve("copy" + number);
  }

  @Test
  void theFirstRunOfACopyIsANewGenerationThatKeepsAllWritesAndCountsAnew() {
    open(Durability.FSYNC);
    commit(commits.local("a", "b"));
    commit(commits.remote(PEER, "c"));
    await(storage.backup(temp.resolve("copy")));
    commit(commits.local("after"));

    RocksStorage copy = open(temp.resolve("copy"));
    Replica fresh = copy.recovered().self();
    assertThat(fresh.name()).isEqualTo("node1");
    assertThat(fresh.generation()).isGreaterThan(SELF.generation());
    assertThat(copy.recovered().applied())
        .isEqualTo(VersionVector.of(new Dot(SELF, 2)).with(new Dot(PEER, 1)));
    assertThat(copy.recovered().states()).containsOnlyKeys("a", "b", "c");
    Commits further = new Commits(copy.recovered());
    await(copy.commit(further.local("d")));
    await(copy.close());

    RocksStorage again = open(temp.resolve("copy"));
    assertThat(again.recovered().self()).as("only the first run").isEqualTo(fresh);
    assertThat(again.recovered().applied().get(fresh)).isEqualTo(1);
    await(again.close());
  }

  @Test
  void writesThatTheOriginalDoubtsGetNewDotsInTheCopy() {
    open(Durability.FSYNC);
    commit(commits.local("sure"));
    await(storage.stand(Standing.doubted(1)));
    commit(commits.local("in doubt"));
    await(storage.backup(temp.resolve("copy")));

    RocksStorage copy = open(temp.resolve("copy"));
    assertThat(copy.recovered().applied().get(SELF)).isEqualTo(1);
    assertThat(copy.recovered().applied().get(copy.recovered().self())).isEqualTo(1);
    assertThat(copy.recovered().states()).containsOnlyKeys("sure", "in doubt");
    await(copy.close());
  }

  @Test
  void nothingIsOverwritten() throws IOException {
    open(Durability.FSYNC);
    Path there = Files.writeString(temp.resolve("there"), "of someone else");
    assertThat(await(storage.backup(there))).isEmpty();
    assertThat(Files.readString(there)).isEqualTo("of someone else");
  }

  @Test
  void whatAnEarlierTryLeftIsReplacedAndNothingIsLeftBeside() throws IOException {
    open(Durability.FSYNC);
    commit(commits.local("a"));
    Path remains = Files.createDirectories(temp.resolve("copies").resolve(".copy.unfinished"));
    Files.writeString(remains.resolve("CURRENT"), "half");

    assertThat(await(storage.backup(temp.resolve("copies").resolve("copy")))).isPresent();

    try (Stream<Path> copies = Files.list(temp.resolve("copies"))) {
      assertThat(copies.map(Path::getFileName)).containsExactly(Path.of("copy"));
    }
  }

  @Test
  void aCopyThatCannotBeMadeSaysWhyAndTheStorageGoesOn() throws IOException {
    open(Durability.FSYNC);
    Path file = Files.writeString(temp.resolve("file"), "");
    assertThatThrownBy(() -> await(storage.backup(file.resolve("copy")))).rootCause().isNotNull();
    commit(commits.local("a"));
  }

  @Test
  void aStoppedNodeIsCopiedAndARunningOneIsRefused() {
    open(Durability.FSYNC);
    commit(commits.local("a"));
    Path data = temp.resolve("data");
    assertThatThrownBy(() -> RocksStorage.backup(data, temp.resolve("copy")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("in use by another process")
        .hasMessageContaining(data.toString());
    await(storage.close());

    assertThat(RocksStorage.backup(data, temp.resolve("copy")))
        .contains(VersionVector.of(new Dot(SELF, 1)));
    requireOneInstant(temp.resolve("copy"), VersionVector.of(new Dot(SELF, 1)));
    RocksStorage original = open(data);
    assertThat(original.recovered().self()).as("the original stays itself").isEqualTo(SELF);
    await(original.close());
  }

  @Test
  void aDirectoryWithoutDataIsNotCopied() {
    open(Durability.FSYNC);
    assertThatThrownBy(() -> RocksStorage.backup(temp.resolve("nothing"), temp.resolve("copy")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("there is no data in " + temp.resolve("nothing"));
    assertThat(temp.resolve("nothing")).doesNotExist();
  }

  /** Log, states and position of the copy tell of the same commits. */
  private void requireOneInstant(Path directory, VersionVector applied) {
    RocksStorage copy = open(directory);
    Recovered found = copy.recovered();
    assertThat(found.applied()).isEqualTo(applied);
    List<Write> log = new ArrayList<>();
    for (Dot last : applied) {
      List<Write> writes =
          await(copy.read(last.replica(), 1, last.sequence() + 1, Integer.MAX_VALUE));
      assertThat(writes).as("the log of %s", last.replica()).hasSize((int) last.sequence());
      log.addAll(writes);
    }
    assertThat(log).allSatisfy(write -> assertThat(applied.covers(write.dependencies())).isTrue());
    assertThat(dots(found.states())).isEqualTo(newest(log));
    await(copy.close());
  }

  private static Map<String, Dot> dots(Map<String, KeyState> states) {
    Map<String, Dot> dots = new HashMap<>();
    states.forEach((key, state) -> dots.put(key, state.visible().dot()));
    return dots;
  }

  /** What is visible when exactly these writes are applied. */
  private static Map<String, Dot> newest(List<Write> log) {
    Map<String, Dot> dots = new HashMap<>();
    log.stream()
        .sorted((a, b) -> a.timestamp().compareTo(b.timestamp()))
        .forEach(write -> write.mutations().forEach(m -> dots.put(m.key(), write.dot())));
    return dots;
  }

  private void open(Durability durability) {
    storage = open(temp.resolve("data"), durability, START_MILLIS);
    commits = new Commits(storage.recovered());
  }

  private RocksStorage open(Path directory) {
    return open(directory, Durability.FSYNC, START_MILLIS + 5);
  }

  private static RocksStorage open(Path directory, Durability durability, long wallMillis) {
    var options = new Options(directory, durability, 1L << 30, "node1", "causa");
    return RocksStorage.open(options, Provenance.BOOT_ID, () -> wallMillis, () -> 0);
  }

  private void commit(Commit commit) {
    await(storage.commit(commit));
  }

  private static <T> T await(CompletionStage<T> stage) {
    try {
      return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }
}
