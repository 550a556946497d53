package io.causa.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.identity.Standing;
import io.causa.identity.State;
import io.causa.membership.Endings;
import io.causa.membership.Roster;
import io.causa.simulation.StorageFaults.Call;
import io.causa.simulation.StorageFaults.Way;
import io.causa.simulation.check.Observers;
import io.causa.storage.Commits;
import io.causa.storage.DurableStorageContract;
import io.causa.storage.LogLimits;
import io.causa.storage.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The simulated storage keeps the promises of real ones, and fails as it is told to. */
class SimulatedStorageTest extends DurableStorageContract {

  private static final long PATIENCE_MILLIS = 60_000;

  private final SimulationOptions options =
      SimulationOptions.small().withDisk(Durability.BUFFERED, 8000);
  private final Simulation simulation = new Simulation(1, options, false, Observers.none());
  private final List<String> failures = new ArrayList<>();
  private SimulatedDisk disk;
  private SimulatedProcess process;
  private SimulatedStorage simulated;

  @Override
  protected Storage open(LogLimits limits, LongSupplier clockMillis) {
    disk = new SimulatedDisk(SELF, simulation.world(), limits);
    return openAgain(limits, clockMillis);
  }

  /** The limits are those of the disk. */
  @Override
  protected Storage openAgain(LogLimits limits, LongSupplier clockMillis) {
    process = new SimulatedProcess(simulation.schedule());
    process.onFailure((what, cause) -> failures.add(what));
    simulated =
        new SimulatedStorage(
            process,
            disk,
            options.durability(),
            options.mostCommitMicros(),
            clockMillis,
            new Dice(7));
    return simulated;
  }

  @Override
  protected long logBytes(Write write) {
    return write.heapBytes();
  }

  @Override
  protected void told(Endings ended) {
    simulation.world().ended().note(SELF, ended);
  }

  /** Time passes as fast as it is needed. */
  @Override
  protected <T> T await(CompletionStage<T> stage) {
    CompletableFuture<T> done = stage.toCompletableFuture();
    simulation.schedule().runUntil(done::isDone, PATIENCE_MILLIS);
    assertThat(done).as("within a minute of simulated time").isDone();
    return super.await(stage);
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aFailedCommitIsFoundWholeOrNotAtAll(Way way) {
    commit(commits.local("kept"));
    simulated.faults().arm(Call.COMMIT, way);
    Commit failing = commits.local("a", "b");

    assertFails(storage.commit(failing), way);

    startAgain();
    Dot last = new Dot(SELF, way.writes() ? 3 : 1);
    assertThat(storage.recovered().applied()).isEqualTo(VersionVector.of(last));
    assertThat(read(SELF, 2, 9)).isEqualTo(way.writes() ? writesOf(failing) : List.of());
    commits = new Commits(storage.recovered());
    commit(commits.local("next"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aFailedInstallIsFoundWholeOrNotAtAll(Way way) {
    simulated.faults().arm(Call.INSTALL, way);

    assertFails(storage.install(commits.install(snapshot())), way);

    startAgain();
    assertThat(storage.recovered().states()).hasSize(way.writes() ? 2 : 0);
  }

  private static ReplicaSnapshot snapshot() {
    return Commits.snapshot(new Dot(new Replica("other", 8), 40), "a", "b");
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void afterAFailureNothingIsCommittedUntilTheNextStart(Way way) {
    simulated.faults().arm(Call.COMMIT, way);
    assertFails(storage.commit(commits.local("a")), way);

    assertThat(storage.commit(commits.local("b")).toCompletableFuture()).isCompletedExceptionally();
    startAgain();
    commits = new Commits(storage.recovered());
    commit(commits.local("c"));
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void aFailedNoteIsFoundOrTheOneBefore(Way way) {
    Roster one = Roster.EMPTY.declare(SELF);
    await(storage.keep(one));
    simulated.faults().arm(Call.ROSTER, way);
    simulated.faults().arm(Call.STANDING, way);

    assertFails(storage.keep(one.forget(SELF)), way);
    assertFails(storage.stand(Standing.doubted(3)), way);

    startAgain();
    assertThat(storage.roster()).isEqualTo(way.writes() ? one.forget(SELF) : one);
    assertThat(storage.incarnation().standing())
        .isEqualTo(way.writes() ? Standing.doubted(3) : new Standing(State.UNCONFIRMED, 0));
  }

  @Test
  void aReadFailsOnce() {
    commit(commits.local("a"));
    simulated.faults().armRead();

    assertFails(storage.read(SELF, 1, 1, 100), Way.NOTHING_WRITTEN);

    assertThat(read(SELF, 1, 1)).hasSize(1);
  }

  @Test
  void onAFullDiskAllWritesFailUntilThereIsRoom() {
    commit(commits.local("a"));
    disk.fill();
    for (int i = 0; i < 2; i++) {
      Commits next = new Commits(disk.recovered());
      assertFails(storage.commit(next.local("b")), Way.NOTHING_WRITTEN);
      assertFails(storage.keep(Roster.EMPTY.declare(SELF)), Way.NOTHING_WRITTEN);
      startAgain();
    }
    disk.makeRoom();

    commits = new Commits(storage.recovered());
    commit(commits.local("b"));
    assertThat(read(SELF, 1, 9)).hasSize(2);
  }

  @Test
  void anOrderlyEndLosesNothingWithThePower() {
    commit(commits.local("a"));
    await(storage.close());

    assertThat(disk.losePower()).isZero();

    assertThat(disk.isRenounced()).isFalse();
    assertThat(disk.applied()).isEqualTo(VersionVector.of(new Dot(SELF, 1)));
  }

  @Test
  void aProcessThatEndsOtherwiseMayLoseItsLastCommitsWithThePower() {
    commit(commits.local("a"));
    simulated.crash();
    process.kill();

    assertThat(disk.losePower()).isEqualTo(1);

    assertThat(disk.isRenounced()).isTrue();
  }

  /** A process that is killed while its storage hangs is the only end that there is. */
  private void assertFails(CompletionStage<?> stage, Way way) {
    CompletableFuture<?> done = stage.toCompletableFuture();
    simulation.schedule().runUntil(() -> done.isDone() || !failures.isEmpty(), PATIENCE_MILLIS);
    if (way.reports()) {
      assertThat(done).isCompletedExceptionally();
    } else {
      assertThat(failures).hasSize(1);
      assertThat(done).isNotDone();
      failures.clear();
    }
    assertThat(simulated.faults().haveStruck()).isTrue();
  }

  private void startAgain() {
    simulated.crash();
    process.kill();
    storage = openAgain(disk.logLimits(), () -> 99);
  }
}
