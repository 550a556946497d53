package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.DataSize;
import io.causa.core.Mutation;
import io.causa.core.SnapshotInstall;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.membership.Roster;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.RocksStorage.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

class RocksStorageTest extends StorageContract {

  @TempDir Path temp;
  private Path directory;
  private int directories;

  @Override
  Storage open(LogLimits limits, LongSupplier clockMillis) {
    directory = temp.resolve("data" + ++directories);
    return RocksStorage.open(options(Durability.BUFFERED, limits), clockMillis);
  }

  private Options options(Durability durability, LogLimits limits) {
    return new Options(directory, durability, limits, SELF.name(), "causa");
  }

  private void reopen(Durability durability) {
    await(storage.close());
    storage = RocksStorage.open(options(durability, LogLimits.ofBytes(1 << 20)), () -> 99);
  }

  @Test
  void theRosterThatWasKeptLastIsFoundWhenTheDirectoryIsOpenedAgain() {
    assertThat(storage.roster()).isEqualTo(Roster.EMPTY);
    Roster both = Roster.EMPTY.declare(SELF).declare(OTHER);

    await(storage.keep(both));
    VersionVector last = VersionVector.of(new Dot(OTHER, 6));
    Roster left = both.forget(OTHER).retire(last).end(last);
    await(storage.keep(left));
    assertThat(storage.roster()).isEqualTo(left);
    reopen(Durability.FSYNC);

    assertThat(storage.roster()).isEqualTo(left);
  }

  @Test
  void aRosterFromBeforeGenerationsCouldBeRetiredIsRead() throws Exception {
    Roster both = Roster.EMPTY.declare(SELF).declare(OTHER);
    byte[] now = Records.roster(both);

    // The empty vectors behind it are one byte each, which were not written then.
    assertThat(Records.readRoster(Arrays.copyOf(now, now.length - 2))).isEqualTo(both);
  }

  @Test
  void moreDataThanFitsTheMemoryIsRefusedWithWhatItNeeds() {
    commit(commits.everyKind());
    long[] bytes = new long[1];
    reopen(Durability.FSYNC);
    storage.recovered().states().forEach((key, state) -> bytes[0] += DataSize.of(key, state));
    await(storage.close());

    LogLimits log = LogLimits.ofBytes(1 << 20);
    assertThatThrownBy(
            () ->
                RocksStorage.open(
                    new Options(
                        directory, Durability.FSYNC, log, SELF.name(), "causa", bytes[0] - 1),
                    () -> 99))
        .isInstanceOfSatisfying(
            DataTooLargeException.class, e -> assertThat(e.dataBytes()).isEqualTo(bytes[0]))
        .hasMessageContaining(directory.toString());
    storage =
        RocksStorage.open(
            new Options(directory, Durability.FSYNC, log, SELF.name(), "causa", bytes[0]),
            () -> 99);
    assertThat(storage.recovered().states()).isNotEmpty();
  }

  @Test
  void whatWasCommittedIsFoundWhenTheDirectoryIsOpenedAgain() {
    commit(commits.everyKind());
    List<Write> remote = writesOf(commit(commits.remote(OTHER, "b")));
    conflict("b");
    long logBytes = storage.logBytes();

    reopen(Durability.FSYNC);

    Recovered recovered = storage.recovered();
    assertThat(recovered.self()).isEqualTo(SELF);
    assertThat(recovered.applied()).isEqualTo(commits.states().applied());
    assertThat(recovered.lamport()).isEqualTo(commits.lamport());
    assertThat(recovered.states()).hasSize(commits.states().size());
    recovered.states().forEach((k, s) -> assertThat(commits.states().get(k)).hasValue(s));
    assertThat(recovered.states().get("b").losers()).isNotEmpty();
    assertThat(storage.logBytes()).isEqualTo(logBytes);
    assertThat(read(OTHER, 1, 1)).isEqualTo(remote);
  }

  @Test
  void commitsGoOnWhereTheyEnded() {
    commit(commits.local("a"));
    reopen(Durability.FSYNC);
    commits = new Commits(storage.recovered());
    commit(commits.local("b"));
    reopen(Durability.BUFFERED);

    assertThat(storage.recovered().applied()).isEqualTo(VersionVector.of(new Dot(SELF, 2)));
    assertThat(read(SELF, 1, 2)).hasSize(2);
  }

  @Test
  void removedTombstonesStayRemovedAndWhatTheyBelongedToIsRemembered() {
    commit(commits.delete("gone"));
    commit(commits.local("kept"));
    commit(commits.collect(commits.states().applied()));

    reopen(Durability.FSYNC);

    assertThat(storage.recovered().states()).containsOnlyKeys("kept");
    assertThat(storage.recovered().floor()).isEqualTo(VersionVector.of(new Dot(SELF, 1)));
    assertThat(storage.recovered().applied()).isEqualTo(VersionVector.of(new Dot(SELF, 2)));
    commits = new Commits(storage.recovered());
    commit(commits.local("gone"));
    reopen(Durability.BUFFERED);
    assertThat(storage.recovered().states()).containsOnlyKeys("kept", "gone");
    assertThat(storage.recovered().floor()).isEqualTo(VersionVector.of(new Dot(SELF, 1)));
  }

  @Test
  void theAgeOfTheLogIsRememberedWhenTheDirectoryIsOpenedAgain() {
    LogLimits limits = new LogLimits(1 << 20, 6400);
    reopenEmpty(limits);
    commit(commits.local("a"));
    nowMillis += 6400;
    await(storage.close());
    storage = RocksStorage.open(options(Durability.FSYNC, limits), () -> nowMillis);
    commits = new Commits(storage.recovered());

    commit(commits.local("b"));
    assertThat(storage.trimmed()).as("applied by the mark of now").isEqualTo(VersionVector.EMPTY);
    nowMillis += 6400;
    commit(commits.local("c"));

    assertThat(storage.trimmed()).isEqualTo(VersionVector.of(new Dot(SELF, 1)));
    assertThat(read(SELF, 2, 9)).hasSize(2);
  }

  @Test
  void whatWasTrimmedStaysTrimmed() {
    reopenEmpty(500);
    for (int i = 0; i < 100; i++) {
      commit(commits.local("key" + i));
    }
    VersionVector trimmed = storage.trimmed();

    reopen(Durability.FSYNC);

    assertThat(storage.trimmed()).isEqualTo(trimmed);
    long gone = trimmed.get(SELF);
    assertThat(read(SELF, gone, 100)).isEmpty();
    assertThat(read(SELF, gone + 1, 100)).hasSize((int) (100 - gone)).isNotEmpty();
  }

  @Test
  void aSnapshotIsFoundWhenTheDirectoryIsOpenedAgain() {
    commit(commits.remote(OTHER, "deleted since"));
    commit(commits.local("mine"));
    VersionVector floor = VersionVector.of(new Dot(OTHER, 1));
    SnapshotInstall.Prepared installed =
        install(Commits.snapshot(new Dot(OTHER, 40), floor, "a", "b"));

    reopen(Durability.FSYNC);

    Recovered recovered = storage.recovered();
    assertThat(recovered.applied())
        .isEqualTo(VersionVector.of(new Dot(SELF, 1), new Dot(OTHER, 40)));
    assertThat(recovered.lamport()).isEqualTo(installed.lamport()).isEqualTo(50);
    assertThat(recovered.floor()).isEqualTo(floor);
    assertThat(recovered.states()).isEqualTo(installed.states()).containsOnlyKeys("mine", "a", "b");
    assertThat(storage.trimmed()).isEqualTo(VersionVector.of(new Dot(OTHER, 40)));
    assertThat(read(SELF, 1, 1)).hasSize(1);
    commits = new Commits(recovered);
    commit(commits.remote(OTHER, "next"));
    assertThat(read(OTHER, 41, 41)).hasSize(1);
  }

  @Test
  void theStatesAreLetGoOnceTheStoreHasItsOwn() {
    commit(commits.local("a"));
    reopen(Durability.FSYNC);
    assertThat(storage.recovered().states()).containsOnlyKeys("a");

    commits = new Commits(storage.recovered());
    commit(commits.local("b"));

    assertThat(storage.recovered().states()).isEmpty();
    assertThat(storage.recovered().self()).isEqualTo(SELF);
  }

  @Test
  void aDirectoryInUseIsRefusedAndNamed() {
    assertThatThrownBy(
            () -> RocksStorage.open(options(Durability.FSYNC, LogLimits.ofBytes(1)), () -> 1))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "the data directory "
                + directory
                + " is in use by another process; stop that node, or give this one a directory of its own");
  }

  @Test
  void aDirectoryOfAnotherNodeIsRefused() {
    assertRefused(
        new Options(directory, Durability.FSYNC, 1, "other", "causa"),
        "is of node self, not other");
  }

  @Test
  void aDirectoryOfAnotherClusterIsRefused() {
    assertRefused(
        new Options(directory, Durability.FSYNC, 1, "self", "x"), "is of cluster causa, not x");
  }

  @Test
  void aDirectoryOfAnotherFormatIsRefused() throws RocksDBException {
    await(storage.close());
    try (var database = new RocksDatabase(directory, WALRecoveryMode.PointInTimeRecovery)) {
      database
          .db()
          .put(database.meta(), "format".getBytes(StandardCharsets.US_ASCII), new byte[] {77});
    }
    assertRefused(options(Durability.FSYNC, LogLimits.ofBytes(1)), "is of format 77, not 1");
  }

  @Test
  void aPathThatIsNoDirectoryIsRefusedAndNamed() throws IOException {
    await(storage.close());
    directory = Files.createFile(temp.resolve("file"));
    assertRefused(options(Durability.FSYNC, LogLimits.ofBytes(1)), "cannot be made or written");
  }

  @Test
  void aClosedStorageSaysSo() {
    await(storage.close());

    assertThatThrownBy(() -> commit(commits.local("a")))
        .hasRootCauseMessage("causa-commit has stopped");
    assertThatThrownBy(() -> read(SELF, 1, 1)).hasRootCauseMessage("causa-log-read has stopped");
  }

  private void assertRefused(Options options, String why) {
    await(storage.close());
    assertThatThrownBy(() -> RocksStorage.open(options, () -> 1))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining(why);
  }

  /** A third replica writes the key without having seen any of its versions. */
  private void conflict(String key) {
    Replica third = new Replica("third", 3);
    Mutation put = new Mutation.Put(key, Value.text("concurrent"));
    commit(commits.remote(new Write(new Dot(third, 1), 1, VersionVector.EMPTY, List.of(put), 0)));
  }
}
