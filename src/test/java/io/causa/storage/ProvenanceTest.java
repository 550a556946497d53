package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.identity.LastRun;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.RocksStorage.Options;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;

/** A directory tells by itself that its data may not be the latest. */
class ProvenanceTest {

  private static final Replica OLD = new Replica("self", 1000L << 11);
  private static final Replica NEW = new Replica("self", 2000L << 11);
  private static final VersionVector ONE_OLD_WRITE = VersionVector.of(new Dot(OLD, 1));

  @TempDir Path temp;
  private Path bootId;

  @BeforeEach
  void boot() throws Exception {
    bootId = Files.writeString(temp.resolve("boot-id"), "first");
  }

  @Test
  void aCopyIsANewGenerationAndTheOriginalIsNot() throws Exception {
    fill("data", Durability.FSYNC);
    copy("data", "copy");

    assertThat(identity("copy", Durability.FSYNC)).isEqualTo(NEW);
    assertThat(identity("copy", Durability.FSYNC)).as("once").isEqualTo(NEW);
    assertThat(identity("data", Durability.FSYNC)).isEqualTo(OLD);
  }

  @Test
  void aDirectoryThatWasMovedIsTheSame() throws Exception {
    fill("data", Durability.FSYNC);
    Files.move(temp.resolve("data"), temp.resolve("moved"));

    assertThat(identity("moved", Durability.FSYNC)).isEqualTo(OLD);
  }

  @Test
  void anEndOfTheMachineInModeBufferedMayHaveTakenWrites() throws Exception {
    fill("data", Durability.BUFFERED);
    endWithoutClosing("data");
    Files.writeString(bootId, "second");

    assertThat(identity("data", Durability.FSYNC)).isEqualTo(NEW);
  }

  @Test
  void anEndOfTheProcessDoesNot() throws Exception {
    fill("data", Durability.BUFFERED);
    endWithoutClosing("data");

    assertThat(identity("data", Durability.BUFFERED)).isEqualTo(OLD);
  }

  @Test
  void whatWasClosedIsOnTheDisk() throws Exception {
    fill("data", Durability.BUFFERED);
    Files.writeString(bootId, "second");

    assertThat(identity("data", Durability.BUFFERED)).isEqualTo(OLD);
  }

  @Test
  void inModeFsyncNothingIsLostWithTheMachine() {
    assertThat(new LastRun(false, false, "a").mayHaveLost("b")).isFalse();
  }

  @Test
  void whereStartsOfTheMachineCannotBeToldApartAnyEndMayBeThatOfTheMachine() {
    assertThat(new LastRun(true, false, "").mayHaveLost("")).isTrue();
  }

  private void fill(String name, Durability durability) {
    RocksStorage storage = open(name, durability, 1000);
    Stages.await(storage.commit(new Commits(storage.recovered()).local("key")));
    Stages.await(storage.close());
  }

  /** Whose the data is when it is opened next; the write in it keeps its name in any case. */
  private Replica identity(String name, Durability durability) {
    RocksStorage storage = open(name, durability, 2000);
    Recovered found = storage.recovered();
    assertThat(found.applied()).isEqualTo(ONE_OLD_WRITE);
    Stages.await(storage.close());
    return found.self();
  }

  private void endWithoutClosing(String name) throws Exception {
    Options options = options(name, Durability.BUFFERED);
    try (var database =
            new RocksDatabase(options.directory(), WALRecoveryMode.PointInTimeRecovery);
        WriteBatch batch = new WriteBatch();
        var write = new org.rocksdb.WriteOptions()) {
      new Provenance(database, options, bootId).begin(batch);
      database.db().write(write, batch);
    }
  }

  private RocksStorage open(String name, Durability durability, long wallMillis) {
    return RocksStorage.open(options(name, durability), bootId, () -> wallMillis, () -> 0);
  }

  private Options options(String name, Durability durability) {
    return new Options(temp.resolve(name), durability, 1 << 20, "self", "causa");
  }

  private void copy(String from, String to) throws Exception {
    List<Path> files;
    try (Stream<Path> all = Files.walk(temp.resolve(from))) {
      files = all.toList();
    }
    for (Path file : files) {
      Files.copy(file, temp.resolve(to).resolve(temp.resolve(from).relativize(file)));
    }
  }
}
