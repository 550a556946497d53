package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.Value;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Envelope;
import io.causa.core.encoding.Fields;
import io.causa.identity.Standing;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.RocksStorage.Options;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksIterator;
import org.rocksdb.WALRecoveryMode;

/** A directory that a node of format 1 left, and directories of the future. */
class EarlierFormatTest {

  private static final Replica SELF = new Replica("self", 1000);
  private static final byte[] FORMAT = "format".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path temp;
  private Path directory;

  @BeforeEach
  void unzip() throws IOException {
    directory = Files.createDirectory(temp.resolve("data"));
    try (InputStream recorded = getClass().getResourceAsStream("/format-1/directory.zip");
        ZipInputStream zip = new ZipInputStream(recorded)) {
      for (ZipEntry file = zip.getNextEntry(); file != null; file = zip.getNextEntry()) {
        Files.copy(zip, directory.resolve(file.getName()));
      }
    }
  }

  @Test
  void itIsReadAsItWasWritten() throws IOException {
    try (Opened opened = open(directory, 1200)) {
      assertThat(DirectoryText.of(opened.storage)).isEqualTo(recorded());
      assertThat(opened.storage.incarnation().session()).isGreaterThan(1200);
    }
  }

  @Test
  void whatIsWrittenToItStandsBesideWhatWasThere() throws IOException {
    List<String> after;
    try (Opened opened = open(directory, 1200)) {
      Commits commits = new Commits(opened.storage.recovered());
      Stages.await(opened.storage.commit(commits.local("fresh", "last")));
    }
    try (Opened again = open(directory, 1300)) {
      after = DirectoryText.of(again.storage);
      assertThat(again.storage.recovered().self()).isEqualTo(SELF);
      assertThat(again.storage.recovered().applied().get(SELF)).isEqualTo(14);
    }
    List<String> kept = new ArrayList<>(recorded());
    kept.removeIf(line -> line.matches("applied.*|lamport.*|log bytes.*|  self.1000:11 .*"));
    assertThat(after).containsAll(kept);
  }

  /** Nothing but the few records of the metadata is written again. */
  @Test
  void openingItLeavesLogAndStatesAsTheyAre() throws Exception {
    open(directory, 1200).close();

    try (RocksDatabase database = database(directory)) {
      assertThat(database.db().get(database.meta(), FORMAT)).startsWith(Metadata.LATEST);
      assertThat(firstBytes(database, database.log())).doesNotContain((byte) 0).hasSize(16);
      assertThat(firstBytes(database, database.keys())).doesNotContain((byte) 0).hasSize(10);
      assertThat(firstBytes(database, database.meta())).containsOnly((byte) Metadata.LATEST);
    }
  }

  /** Earlier versions read the format as one number, and open 1 alone. */
  @Test
  void anEarlierVersionRefusesWhatThisOneHasOpened() throws Exception {
    open(directory, 1200).close();

    try (RocksDatabase database = database(directory)) {
      byte[] format = database.db().get(database.meta(), FORMAT);
      assertThat(new io.causa.core.encoding.ByteReader(format).readVarint()).isEqualTo(2);
    }
  }

  @Test
  void ownWritesOfItAreRenamedIntoTheFormOfNow() {
    try (Opened opened = open(directory, 1200)) {
      Stages.await(opened.storage.stand(Standing.renounced(10)));
    }
    try (Opened renamed = open(directory, 2000)) {
      Recovered recovered = renamed.storage.recovered();
      Replica fresh = recovered.self();
      assertThat(fresh).isGreaterThan(SELF);
      assertThat(recovered.applied().get(SELF)).isEqualTo(10);
      assertThat(recovered.applied().get(fresh)).isEqualTo(2);
      assertThat(recovered.states().get("last").visible().dot()).isEqualTo(new Dot(fresh, 1));
      assertThat(Stages.await(renamed.storage.read(fresh, 1, 2, 1 << 20)))
          .hasSize(2)
          .allSatisfy(write -> assertThat(write.mutations()).hasSize(1));
      assertThat(recovered.states().get("last").visible().value())
          .contains(Value.text("value of last"));
    }
  }

  @Test
  void aBackupOfItIsOfTheLatestFormatAndLeavesItAsItIs() throws Exception {
    Path copy = temp.resolve("copy");

    assertThat(RocksStorage.backup(directory, copy)).isPresent();

    try (RocksDatabase original = database(directory);
        RocksDatabase copied = database(copy)) {
      assertThat(original.db().get(original.meta(), FORMAT)).containsExactly(1);
      assertThat(copied.db().get(copied.meta(), FORMAT)).startsWith(Metadata.LATEST);
    }
    try (Opened opened = open(copy, 2000)) {
      assertThat(opened.storage.recovered().self()).isGreaterThan(SELF);
      assertThat(opened.storage.recovered().states()).hasSize(10);
    }
  }

  @Test
  void aDirectoryOfAnotherNodeIsNotTouched() throws Exception {
    Options other = new Options(directory, Durability.FSYNC, 1 << 20, "other", "causa");
    assertThatThrownBy(() -> RocksStorage.open(other, () -> 1200))
        .hasMessageContaining("is of node self, not other");

    try (RocksDatabase database = database(directory)) {
      assertThat(database.db().get(database.meta(), FORMAT)).containsExactly(1);
    }
  }

  @Test
  void aDirectoryOfTheFutureIsRefusedByName() throws Exception {
    writeFormat(3, Set.of());
    assertRefused("has version 3; this version of Causa reads versions 1 to 2: a later version");
  }

  @Test
  void aDirectoryThatNeedsAnUnknownFeatureIsRefusedByName() throws Exception {
    writeFormat(2, Set.of("compact-bases"));
    assertRefused("needs the feature compact-bases, which this version of Causa does not know");
  }

  @Test
  void aBackupOfADirectoryOfTheFutureIsRefusedByName() throws Exception {
    writeFormat(3, Set.of());
    assertThatThrownBy(() -> RocksStorage.backup(directory, temp.resolve("copy")))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("has version 3");
    assertThat(temp.resolve("copy")).doesNotExist();
  }

  private void assertRefused(String why) {
    assertThatThrownBy(() -> open(directory, 1200))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("the data directory " + directory + " ")
        .hasMessageContaining(why)
        .hasMessageContaining("Run that version, or a later one");
  }

  private void writeFormat(int version, Set<String> required) throws Exception {
    ByteWriter out = new ByteWriter(16);
    Envelope.write(out, version, required, new byte[0], Fields.NONE);
    try (RocksDatabase database = database(directory)) {
      database.db().put(database.meta(), FORMAT, out.toBytes());
    }
  }

  private static List<Byte> firstBytes(RocksDatabase database, ColumnFamilyHandle family) {
    List<Byte> first = new ArrayList<>();
    try (RocksIterator records = database.db().newIterator(family)) {
      for (records.seekToFirst(); records.isValid(); records.next()) {
        first.add(records.value()[0]);
      }
    }
    return first;
  }

  private List<String> recorded() throws IOException {
    try (InputStream text = getClass().getResourceAsStream("/format-1/directory.txt")) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  private static RocksDatabase database(Path directory) {
    return new RocksDatabase(directory, WALRecoveryMode.TolerateCorruptedTailRecords);
  }

  private static Opened open(Path directory, long now) {
    Options options = new Options(directory, Durability.FSYNC, 1 << 20, "self", "causa");
    return new Opened(RocksStorage.open(options, () -> now));
  }

  private record Opened(Storage storage) implements AutoCloseable {
    @Override
    public void close() {
      Stages.await(storage.close());
    }
  }
}
