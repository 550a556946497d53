package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.identity.LogMark;
import io.causa.identity.Standing;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.RocksStorage.Options;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.FlushOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/** A directory that is not as it was left is refused by name, or tells of less at its very end. */
class DamagedDirectoryTest {

  private static final int COMMITS = 200;
  private static final int MIDDLE = 2;
  private static final Replica SELF = new Replica("self", 7L << 11);

  @TempDir Path temp;
  private Path directory;

  @Test
  void aFlippedByteInATableIsRefused() throws Exception {
    fill();
    flush();
    flipIn(newest(".*\\.sst"), 3);
    assertRefused();
  }

  @Test
  void aShortenedTableIsRefused() throws Exception {
    fill();
    flush();
    shorten(newest(".*\\.sst"), 10);
    assertRefused();
  }

  @Test
  void aMissingTableIsRefused() throws Exception {
    fill();
    flush();
    Files.delete(newest(".*\\.sst"));
    assertRefused();
  }

  /** A flip in the length of a record looks like the end of the log; see {@link LostTailTest}. */
  @Test
  void aFlippedByteInAWriteInTheMiddleOfTheWriteAheadLogIsRefused() throws Exception {
    fill();
    flipIn(newest(".*\\.log"), "value of key" + COMMITS / 2);
    assertRefused();
  }

  @Test
  void aTornLastRecordOfTheWriteAheadLogIsAWriteThatWasNotAcknowledged() throws Exception {
    fill();
    forgetWhatWasSynced();
    shorten(newest(".*\\.log"), 5);

    Storage storage = open();
    Recovered recovered = storage.recovered();
    assertThat(recovered.applied().get(recovered.self())).isEqualTo(COMMITS - 1);
    assertThat(recovered.states()).hasSize(COMMITS - 1);
    Stages.await(storage.close());
  }

  @Test
  void aSnapshotThatWasTornByACrashIsNotThereAtAll() throws Exception {
    fill();
    Storage whole = open();
    Recovered before = whole.recovered();
    var snapshot = Commits.snapshot(new Dot(StorageContract.OTHER, 9), "key0", "new1", "new2");
    Stages.await(whole.install(new Commits(before).install(snapshot)));
    Stages.await(whole.close());
    forgetWhatWasSynced();
    shorten(newest(".*\\.log"), 5);

    Storage storage = open();

    assertThat(storage.recovered()).isEqualTo(before);
    assertThat(storage.trimmed()).isEqualTo(VersionVector.EMPTY);
    Stages.await(storage.close());
  }

  @Test
  void aFlippedByteInTheLogFamilyIsFoundAfterTheStartAndNamesItsTable() throws Exception {
    fill(50_000);
    flush();
    Path table = largest(".*\\.sst");
    flipIn(table, 4);

    Storage storage = open();
    assertThatThrownBy(() -> Stages.await(storage.checked()))
        .hasStackTraceContaining(table.getFileName().toString())
        .hasStackTraceContaining(directory.toString())
        .hasStackTraceContaining("restore a backup");
    Stages.await(storage.close());
  }

  @Test
  void whatIsSoundIsFoundSound() throws Exception {
    fill();
    flush();
    Storage storage = open();
    Stages.await(storage.checked());
    Stages.await(storage.close());
  }

  @Test
  void aMissingWriteAheadLogIsRefused() throws Exception {
    fill();
    for (Path log : matching(".*\\.log")) {
      Files.delete(log);
    }
    assertRefused();
  }

  @Test
  void anEmptyWriteAheadLogOfADirectoryThatWasUsedIsRefused() throws Exception {
    fill();
    for (Path log : matching(".*\\.log")) {
      shorten(log, Files.size(log));
    }
    assertRefused();
  }

  /** {@link LostTailTest}: the data becomes a new generation's. */
  @Test
  void aWriteAheadLogThatIsCutShortIsAnOlderStateAndWhole() throws Exception {
    fill();
    Path log = newest(".*\\.log");
    shorten(log, Files.size(log) / 2);
    assertOlderState(open());
  }

  @Test
  void inModeBufferedAFlippedByteInTheWriteAheadLogLeavesTheStateBeforeIt() throws Exception {
    fill();
    flipIn(newest(".*\\.log"), MIDDLE);
    assertOlderState(
        RocksStorage.open(
            new Options(directory, Durability.BUFFERED, 1 << 20, "self", "causa"),
            Provenance.BOOT_ID,
            () -> 7,
            () -> 0));
  }

  private static void assertOlderState(Storage storage) {
    Recovered recovered = storage.recovered();
    assertThat(recovered.self()).isNotEqualTo(SELF);
    long own = recovered.applied().get(SELF);
    assertThat(own).isBetween(1L, COMMITS - 1L);
    assertThat(recovered.states()).hasSize((int) own);
    assertThat(Stages.await(storage.read(SELF, 1, own, 1 << 20))).hasSize((int) own);
    Stages.await(storage.close());
  }

  @Test
  void missingOptionsAreNoneOfOurs() throws Exception {
    fill();
    for (Path options : matching("OPTIONS-.*")) {
      Files.delete(options);
    }
    Storage storage = open();
    assertThat(storage.recovered().states()).hasSize(COMMITS);
    Stages.await(storage.close());
  }

  @Test
  void aShortenedManifestIsRefused() throws Exception {
    fill();
    flush();
    shorten(newest("MANIFEST-.*"), 10);
    assertRefused();
  }

  @Test
  void aFlippedByteInTheManifestIsRefused() throws Exception {
    fill();
    flipIn(newest("MANIFEST-.*"), MIDDLE);
    assertRefused();
  }

  @Test
  void aMissingManifestIsRefused() throws Exception {
    fill();
    Files.delete(newest("MANIFEST-.*"));
    assertRefused();
  }

  @Test
  void anEmptyFileCurrentIsRefused() throws Exception {
    fill();
    shorten(directory.resolve("CURRENT"), Files.size(directory.resolve("CURRENT")));
    assertRefused();
  }

  @Test
  void aMissingFileCurrentIsRefusedAndNothingIsDeleted() throws Exception {
    fill();
    flush();
    Files.delete(directory.resolve("CURRENT"));
    List<Path> before = files();
    assertRefused();
    assertThat(files()).isEqualTo(before);
  }

  private void fill() {
    fill(1);
  }

  /**
   * @param valueBytes about how large each write is
   */
  private void fill(int valueBytes) {
    directory = temp.resolve("data");
    Storage storage = open();
    Commits commits = new Commits(storage.recovered());
    for (int i = 0; i < COMMITS; i++) {
      Stages.await(
          storage.commit(
              valueBytes == 1 ? commits.local("key" + i) : commits.large("key", valueBytes)));
    }
    Stages.await(storage.close());
  }

  /** A kill tears what no sync had returned for, so the mark ends before it. */
  private void forgetWhatWasSynced() {
    new SyncedMark(directory).make(new LogMark(0, 0, Standing.TRUSTED));
  }

  private void flush() throws RocksDBException {
    try (var database = new RocksDatabase(directory, WALRecoveryMode.AbsoluteConsistency);
        var wait = new FlushOptions().setWaitForFlush(true)) {
      database.db().flush(wait, List.of(database.log(), database.keys(), database.meta()));
    }
  }

  private Storage open() {
    return RocksStorage.open(
        new Options(directory, Durability.FSYNC, 1 << 20, "self", "causa"),
        Provenance.BOOT_ID,
        () -> 7,
        () -> 0);
  }

  private void assertRefused() {
    assertThatThrownBy(this::open)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("restore a backup");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private List<Path> matching(String name) throws IOException {
    return files().stream().filter(file -> file.getFileName().toString().matches(name)).toList();
  }

  private Path largest(String name) throws IOException {
    return matching(name).stream()
        .max(Comparator.comparingLong(file -> file.toFile().length()))
        .orElseThrow();
  }

  private Path newest(String name) throws IOException {
    return matching(name).stream()
        .filter(file -> file.toFile().length() > 0)
        .reduce((earlier, later) -> later)
        .orElseThrow();
  }

  /**
   * @param part the byte lies behind this part of the file: 2 is the middle
   */
  private static void flipIn(Path file, int part) throws IOException {
    flipAt(file, Files.size(file) / part);
  }

  private static void flipAt(Path file, long at) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.seek(at);
      int old = bytes.read();
      bytes.seek(at);
      bytes.write(old ^ 0xff);
    }
  }

  /** Flips the first byte of the text where it stands first. */
  private static void flipIn(Path file, String text) throws IOException {
    int at = Files.readString(file, StandardCharsets.ISO_8859_1).indexOf(text);
    assertThat(at).isPositive();
    flipAt(file, at);
  }

  private static void shorten(Path file, long byBytes) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() - byBytes);
    }
  }
}
