package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Write;
import io.causa.identity.Standing;
import io.causa.identity.StartMoment;
import io.causa.identity.State;
import io.causa.storage.RocksStorage.Durability;
import io.causa.storage.RocksStorage.Options;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose data a directory is, from run to run. */
class GenerationTest {

  private static final Replica OLD = new Replica("self", start(1000));
  private static final Replica NEW = new Replica("self", start(2000));
  private static final Replica OTHER = new Replica("other", 5);

  @TempDir Path directory;
  @TempDir Path backups;
  private long random;
  private Storage storage;
  private Commits commits;

  @AfterEach
  void close() {
    Stages.await(storage.close());
  }

  @Test
  void eachRunHasALaterSessionThoughTheClockWasSetBack() {
    open(1000);
    assertThat(storage.incarnation().session()).isEqualTo(start(1000));
    reopen(5);
    assertThat(storage.incarnation().session()).isEqualTo(start(1001));
    reopen(5);
    assertThat(storage.incarnation().session()).isEqualTo(start(1002));
    reopen(3000);
    assertThat(storage.incarnation().session()).isEqualTo(start(3000));
    assertThat(storage.recovered().self()).isEqualTo(OLD);
  }

  @Test
  void renouncedDataBecomesANewGenerationAndKeepsWhatIsTrusted() {
    open(1000);
    commit("a");
    Stages.await(storage.stand(Standing.renounced(1)));

    reopen(2000);

    assertThat(storage.recovered().self()).isEqualTo(NEW);
    assertThat(storage.recovered().applied()).isEqualTo(VersionVector.of(new Dot(OLD, 1)));
    assertThat(storage.incarnation().standing()).isEqualTo(new Standing(State.NEW, 0));
    reopen(3000);
    assertThat(storage.recovered().self()).isEqualTo(NEW);
  }

  @Test
  void aNewGenerationIsLaterThoughTheClockWasSetBack() {
    open(1000);
    Stages.await(storage.stand(Standing.renounced(0)));
    reopen(5);
    assertThat(storage.recovered().self()).isEqualTo(new Replica("self", start(1001)));
  }

  @Test
  void ownWritesThatNobodyElseHasGetDotsOfTheNewGeneration() {
    open(1000);
    commit("kept");
    Stages.await(storage.commit(commits.remote(OTHER, "others")));
    commit("mine", "again");
    commit("mine");
    Stages.await(storage.stand(Standing.renounced(1)));

    reopen(2000);

    Recovered found = storage.recovered();
    assertThat(found.applied())
        .isEqualTo(VersionVector.of(new Dot(OLD, 1), new Dot(NEW, 3), new Dot(OTHER, 1)));
    assertThat(found.states().get("kept").visible().dot()).isEqualTo(new Dot(OLD, 1));
    assertThat(found.states().get("mine").visible().dot()).isEqualTo(new Dot(NEW, 3));
    assertThat(read(OLD)).extracting(Write::dot).containsExactly(new Dot(OLD, 1));
    List<Write> renamed = read(NEW);
    assertThat(renamed).extracting(write -> write.dot().sequence()).containsExactly(1L, 2L, 3L);
    assertThat(renamed.get(2).dependencies())
        .isEqualTo(VersionVector.of(new Dot(OLD, 1), new Dot(NEW, 2), new Dot(OTHER, 1)));
  }

  @Test
  void aNewGenerationGoesOnCounting() {
    open(1000);
    commit("a", "b");
    Stages.await(storage.stand(Standing.renounced(0)));
    reopen(2000);
    commit("c");
    reopen(3000);
    assertThat(storage.recovered().applied()).isEqualTo(VersionVector.of(new Dot(NEW, 3)));
    assertThat(read(NEW)).hasSize(3);
  }

  @Test
  void dataThatHasForkedIsRefused() {
    open(1000);
    Stages.await(storage.stand(Standing.forked(7)));
    assertThatThrownBy(() -> reopen(2000))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("after its own write 7");
  }

  /** Each node that took the time would refuse to start, and so name the value and what to do. */
  @Test
  void dataWithATimeThatNobodyCouldFollowIsRefused() {
    open(1000);
    Dot dot = new Dot(OTHER, 1);
    List<Mutation> delete = List.of(new Mutation.Delete("k"));
    Write poisoned = new Write(dot, Long.MAX_VALUE, VersionVector.EMPTY, delete, 0);
    Stages.await(storage.commit(commits.remote(poisoned)));

    assertThatThrownBy(() -> reopen(2000))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("the Lamport time " + Long.MAX_VALUE)
        .hasMessageContaining("the last one is " + LamportTimestamp.MAX_TIME)
        .hasMessageContaining("start this node with an empty one");
  }

  /** The clock is ahead when the backup is made, and right when it is restored on two machines. */
  @Test
  void twoRestoresOfOneBackupAreTwoGenerationsThoughTheClockWasSetBack() {
    open(9_000_000);
    commit("a");
    Path first = backup("first");
    Path second = backup("second");

    random = 0x123456789abcdefL;
    Replica one = restored(first);
    random = 0x6789abcdef12345L;
    Replica other = restored(second);

    assertThat(one.generation()).isGreaterThan(start(9_000_000));
    assertThat(other.generation()).isGreaterThan(start(9_000_000));
    assertThat(one).isNotEqualTo(other);
  }

  @Test
  void aClockBeyondTheLastNumberIsRefused() {
    long year2150 = 5_680_281_600_000L;
    assertThatThrownBy(() -> open(year2150))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("the wall clock says " + year2150 + " ms");
    open(1000);
  }

  private Path backup(String name) {
    Path copy = backups.resolve(name);
    Stages.await(storage.backup(copy));
    return copy;
  }

  private Replica restored(Path copy) {
    Storage restored = open(copy, 2000);
    Stages.await(restored.close());
    return restored.recovered().self();
  }

  private static long start(long wallMillis) {
    return new StartMoment(wallMillis, 0).generationAfter(0);
  }

  private void open(long wallMillis) {
    storage = open(directory, wallMillis);
    commits = new Commits(storage.recovered());
  }

  private Storage open(Path path, long wallMillis) {
    return RocksStorage.open(
        new Options(path, Durability.FSYNC, 1 << 20, "self", "causa"),
        path.resolve("no-boot-id"),
        () -> wallMillis,
        () -> random);
  }

  private void reopen(long wallMillis) {
    Stages.await(storage.close());
    open(wallMillis);
  }

  private void commit(String... keys) {
    Stages.await(storage.commit(commits.local(keys)));
  }

  private List<Write> read(Replica origin) {
    return Stages.await(storage.read(origin, 1, 100, 1 << 20));
  }
}
