package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.core.DataSize;
import io.causa.membership.Roster;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.RocksStorage.Options;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

class RocksStorageTest extends DurableStorageContract {

  @TempDir Path temp;
  private Path directory;
  private int directories;
  private Durability durability = Durability.BUFFERED;

  @Override
  protected Storage open(LogLimits limits, LongSupplier clockMillis) {
    directory = temp.resolve("data" + ++directories);
    return open(options(Durability.BUFFERED, limits), clockMillis);
  }

  /** Without random bits in the generation. */
  private static Storage open(Options options, LongSupplier clockMillis) {
    return RocksStorage.open(options, Provenance.BOOT_ID, clockMillis, () -> 0);
  }

  private Options options(Durability durability, LogLimits limits) {
    return new Options(directory, durability, limits, SELF.name(), "causa");
  }

  /** In the other mode each time, since one directory may be used in both. */
  @Override
  protected Storage openAgain(LogLimits limits, LongSupplier clockMillis) {
    durability = durability == Durability.FSYNC ? Durability.BUFFERED : Durability.FSYNC;
    return open(options(durability, limits), clockMillis);
  }

  @Test
  void whatLeavesAFullLogIsReadInSeveralParts() {
    int all = 3 * LogHeads.AT_A_TIME;
    reopenEmpty(LogLimits.ofBytes(16_000));

    for (int i = 0; i < all; i++) {
      await(storage.commit(commits.local("key" + i % 7)));
    }

    long gone = storage.trimmed().get(SELF);
    assertThat(gone).isGreaterThan(2 * LogHeads.AT_A_TIME);
    assertThat(await(storage.read(SELF, gone, all, Integer.MAX_VALUE))).isEmpty();
    assertThat(await(storage.read(SELF, gone + 1, all, Integer.MAX_VALUE)))
        .hasSize((int) (all - gone));
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
    reopen();
    storage.recovered().states().forEach((key, state) -> bytes[0] += DataSize.of(state));
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
  void anUnexpectedFailureToOpenGivesTheDirectoryBack() {
    await(storage.close());
    Options options = options(Durability.FSYNC, LogLimits.ofBytes(1 << 20));
    Path unexpected = null;
    assertThatThrownBy(() -> RocksStorage.open(options, unexpected, () -> 1, () -> 0))
        .isInstanceOf(NullPointerException.class);
    storage = open(options, () -> 1);
    assertThat(storage.recovered().self()).isEqualTo(SELF);
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
    assertRefused(
        options(Durability.FSYNC, LogLimits.ofBytes(1)),
        "has version 77; this version of Causa reads versions 1 to 2: a later version wrote it");
  }

  @Test
  void aPathThatIsNoDirectoryIsRefusedAndNamed() throws IOException {
    await(storage.close());
    directory = Files.createFile(temp.resolve("file"));
    assertRefused(options(Durability.FSYNC, LogLimits.ofBytes(1)), "cannot be made or written");
  }

  private void assertRefused(Options options, String why) {
    await(storage.close());
    assertThatThrownBy(() -> RocksStorage.open(options, () -> 1))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining(why);
  }
}
