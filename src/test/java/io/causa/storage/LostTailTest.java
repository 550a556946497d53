package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.identity.Standing;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.RocksStorage.Options;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rocksdb.FlushOptions;
import org.rocksdb.WALRecoveryMode;

/** A write-ahead log that lacks what was on the disk is told from one that a kill has torn. */
class LostTailTest {

  private static final Replica OLD = new Replica("self", 1000L << 11);
  private static final Replica NEW = new Replica("self", 2000L << 11);
  private static final int COMMITS = 100;

  @TempDir Path temp;

  @ParameterizedTest
  @EnumSource
  void anUntouchedDirectoryStaysTheSame(Durability durability) {
    fill(durability);
    assertThat(next(durability)).isEqualTo(OLD);
  }

  @ParameterizedTest
  @EnumSource
  void aLogThatWasCutInPlaceIsANewGenerationThatGivesOutNoDotTwice(Durability durability)
      throws Exception {
    List<Dot> before = fill(durability);
    cutTo(2);

    Storage storage = open(durability, 2000);
    Recovered found = storage.recovered();
    assertThat(found.self()).isEqualTo(NEW);
    long kept = found.applied().get(OLD);
    assertThat(kept).isBetween(1L, COMMITS - 1L);
    List<Write> after = commit(storage, "again");
    assertThat(after).extracting(Write::dot).containsExactly(new Dot(NEW, 1));
    assertThat(Stages.await(storage.read(OLD, 1, COMMITS, 1 << 20)))
        .extracting(Write::dot)
        .isEqualTo(before.subList(0, (int) kept));
    Stages.await(storage.close());
    assertThat(next(durability)).as("once").isEqualTo(NEW);
  }

  /** From a cut of the last change alone to one that leaves little more than the identity. */
  @ParameterizedTest
  @ValueSource(ints = {1, 5, 100, 1000, 5000})
  void noCutGoesUnnoticed(int bytes) throws Exception {
    fill(Durability.FSYNC);
    shorten(newestLog(), bytes);
    assertThat(next(Durability.FSYNC)).isEqualTo(NEW);
  }

  @Test
  void aTornTailBehindTheMarkIsTheSameGeneration() throws Exception {
    fill(Durability.FSYNC);
    byte[] mark = Files.readAllBytes(mark());
    Storage storage = open(Durability.FSYNC, 1500);
    commit(storage, "torn");
    Stages.await(storage.close());
    assertThat(Files.readAllBytes(mark())).isNotEqualTo(mark);
    Files.write(mark(), mark);

    shorten(newestLog(), 5);

    storage = open(Durability.FSYNC, 2000);
    assertThat(storage.recovered().self()).isEqualTo(OLD);
    assertThat(storage.recovered().applied()).isEqualTo(VersionVector.of(new Dot(OLD, COMMITS)));
    Stages.await(storage.close());
  }

  @Test
  void aLossOfPowerMayBringBackAnOlderMark() throws Exception {
    Storage storage = open(Durability.FSYNC, 1000);
    byte[] older = Files.readAllBytes(mark());
    commit(storage, "key");
    Stages.await(storage.close());
    assertThat(Files.readAllBytes(mark())).isNotEqualTo(older);
    Files.write(mark(), older);

    assertThat(next(Durability.FSYNC)).isEqualTo(OLD);
  }

  /** Each commit raises the mark before it is acknowledged, so that a kill loses nothing of it. */
  @Test
  void theMarkFollowsEachSyncedWrite() {
    Storage storage = open(Durability.FSYNC, 1000);
    Set<Long> seen = new HashSet<>();
    seen.add(synced());
    commit(storage, "a");
    seen.add(synced());
    Stages.await(storage.stand(Standing.doubted(1)));
    seen.add(synced());
    Stages.await(storage.keep(storage.roster().declare(OLD)));
    seen.add(synced());
    assertThat(seen).hasSize(4);
    Stages.await(storage.close());
  }

  /**
   * Others have what was doubted at first, so it keeps its names, though the log says otherwise.
   */
  @Test
  void writesThatWereTrustedInTheLostPartKeepTheirDots() throws Exception {
    fillWithStandings(Standing.doubted(0), Standing.TRUSTED);

    Storage storage = open(Durability.FSYNC, 2000);
    assertThat(storage.recovered().applied()).isEqualTo(VersionVector.of(new Dot(OLD, COMMITS)));
    assertThat(storage.recovered().self()).isEqualTo(NEW);
    Stages.await(storage.close());
  }

  @Test
  void writesThatWereRenouncedInTheLostPartGetNewDots() throws Exception {
    fillWithStandings(Standing.TRUSTED, Standing.renounced(40));
    Path copy = temp.resolve("copy");
    assertThat(RocksStorage.backup(data(), copy)).isPresent();

    for (Path directory : List.of(data(), copy)) {
      Storage storage = open(options(directory, Durability.FSYNC), 2000);
      assertThat(storage.recovered().applied())
          .isEqualTo(VersionVector.of(new Dot(OLD, 40), new Dot(NEW, COMMITS - 40)));
      Stages.await(storage.close());
    }
  }

  @Test
  void dataThatHasForkedInTheLostPartIsRefused() throws Exception {
    fillWithStandings(Standing.TRUSTED, Standing.forked(40));
    assertThatThrownBy(() -> open(Durability.FSYNC, 2000))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("after its own write 40");
  }

  /** The last standing, and nothing else, is lost with the end of the log. */
  private void fillWithStandings(Standing first, Standing last) throws Exception {
    Storage storage = open(Durability.FSYNC, 1000);
    Stages.await(storage.stand(first));
    Commits commits = new Commits(storage.recovered());
    for (int i = 0; i < COMMITS; i++) {
      Stages.await(storage.commit(commits.local("key" + i)));
    }
    Stages.await(storage.stand(last));
    Stages.await(storage.close());
    shorten(newestLog(), 5);
  }

  @Test
  void aMarkThatIsGoneMayHaveSaidMore() throws Exception {
    fill(Durability.FSYNC);
    Files.delete(mark());
    assertThat(next(Durability.FSYNC)).isEqualTo(NEW);
    assertThat(next(Durability.FSYNC)).as("once").isEqualTo(NEW);
  }

  @Test
  void aMarkThatIsDamagedMayHaveSaidMore() throws Exception {
    fill(Durability.FSYNC);
    Files.write(mark(), new byte[(int) Files.size(mark())]);
    assertThat(next(Durability.FSYNC)).isEqualTo(NEW);
  }

  /** It may say less than was on the disk here, and so hide that the log was cut. */
  @Test
  void aMarkOfAnotherDirectoryIsNone() throws Exception {
    fill(Durability.FSYNC);
    Path other = temp.resolve("other");
    Stages.await(open(options(other, Durability.FSYNC), 1500).close());
    Files.write(mark(), Files.readAllBytes(other.resolve("synced")));
    cutTo(2);
    assertThat(next(Durability.FSYNC)).isEqualTo(NEW);
  }

  @Test
  void aDirectoryOfBeforeThereWereMarksGetsOne() throws Exception {
    fill(Durability.FSYNC);
    Files.delete(mark());
    try (var database = new RocksDatabase(data(), WALRecoveryMode.AbsoluteConsistency)) {
      byte[] record = "marks-syncs".getBytes(StandardCharsets.US_ASCII);
      assertThat(database.db().get(database.meta(), record)).isNotNull();
      database.db().delete(database.meta(), record);
    }

    assertThat(next(Durability.FSYNC)).isEqualTo(OLD);
    cutTo(2);
    assertThat(next(Durability.FSYNC)).isEqualTo(NEW);
  }

  /** Once the tables hold everything, the log is empty, and the tables tell where it ended. */
  @Test
  void aLogThatHasGoneIntoTablesHasLostNothing() throws Exception {
    fill(Durability.FSYNC);
    try (var database = new RocksDatabase(data(), WALRecoveryMode.AbsoluteConsistency);
        var wait = new FlushOptions().setWaitForFlush(true)) {
      database.db().flush(wait, List.of(database.log(), database.keys(), database.meta()));
      database.db().compactRange(database.log());
      database.db().compactRange(database.keys());
      database.db().compactRange(database.meta());
    }
    for (int i = 0; i < 3; i++) {
      assertThat(next(Durability.FSYNC)).isEqualTo(OLD);
    }
  }

  @Test
  void aBackupOfACutDirectoryIsANewGenerationAsAnyOther() throws Exception {
    fill(Durability.FSYNC);
    cutTo(2);
    Path copy = temp.resolve("copy");
    assertThat(RocksStorage.backup(data(), copy)).isPresent();
    assertThat(copy.resolve("synced")).doesNotExist();

    Storage restored = open(options(copy, Durability.FSYNC), 3000);
    assertThat(restored.recovered().self()).isEqualTo(new Replica("self", 3000L << 11));
    Stages.await(restored.close());
    assertThat(next(Durability.FSYNC)).as("the original").isEqualTo(NEW);
  }

  private List<Dot> fill(Durability durability) {
    Storage storage = open(durability, 1000);
    List<Dot> dots = new ArrayList<>();
    Commits commits = new Commits(storage.recovered());
    for (int i = 0; i < COMMITS; i++) {
      Stages.await(storage.commit(commits.local("key" + i)));
      dots.add(new Dot(OLD, i + 1));
    }
    Stages.await(storage.close());
    return dots;
  }

  private static List<Write> commit(Storage storage, String key) {
    Commits commits = new Commits(storage.recovered());
    var commit = commits.local(key);
    Stages.await(storage.commit(commit));
    return commit.writes().stream().map(StagedWrite::write).toList();
  }

  /** Whose the data is when it is opened next. */
  private Replica next(Durability durability) {
    Storage storage = open(durability, 2000);
    Replica self = storage.recovered().self();
    Stages.await(storage.close());
    return self;
  }

  private Storage open(Durability durability, long wallMillis) {
    return open(options(data(), durability), wallMillis);
  }

  /** Without random bits in the generation. */
  private static RocksStorage open(Options options, long wallMillis) {
    return RocksStorage.open(options, Provenance.BOOT_ID, () -> wallMillis, () -> 0);
  }

  private static Options options(Path directory, Durability durability) {
    return new Options(directory, durability, 1 << 20, "self", "causa");
  }

  private Path data() {
    return temp.resolve("data");
  }

  private Path mark() {
    return data().resolve("synced");
  }

  private long synced() {
    return new SyncedMark(data()).read().orElseThrow().change();
  }

  private void cutTo(int part) throws IOException {
    Path log = newestLog();
    shorten(log, Files.size(log) - Files.size(log) / part);
  }

  private Path newestLog() throws IOException {
    try (Stream<Path> files = Files.list(data())) {
      return files
          .filter(file -> file.toString().endsWith(".log") && file.toFile().length() > 0)
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  private static void shorten(Path file, long byBytes) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      bytes.setLength(bytes.length() - byBytes);
    }
  }
}
