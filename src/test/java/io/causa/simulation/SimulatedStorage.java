package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.Write;
import io.causa.core.store.SnapshotInstall;
import io.causa.identity.Incarnation;
import io.causa.identity.Standing;
import io.causa.identity.StartMoment;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.simulation.StorageFaults.Call;
import io.causa.simulation.StorageFaults.Way;
import io.causa.storage.LogLimits;
import io.causa.storage.ReadPage;
import io.causa.storage.Recovered;
import io.causa.storage.Storage;
import io.causa.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * A directory as one process has it open. Commits take time; a process that ends meanwhile leaves
 * the commit under way whole in the directory, or not at all. What fails is said by its {@link
 * StorageFaults} and by the disk, which may be full.
 */
final class SimulatedStorage implements Storage {

  private static final long SYNC_MILLIS = 1000;
  private static final long MOST_READ_MICROS = 4000;
  private static final double AT_HAND = 0.7;

  private final SimulatedProcess process;
  private final SimulatedDisk disk;
  private final Durability durability;
  private final long mostCommitMicros;
  private final Dice dice;
  private final LongSupplier clockMillis;
  private final Incarnation incarnation;
  private final StorageCalls calls;
  private final SimulatedCommits commits;
  private final Recovered recovered;
  private long notedMicros;
  private CompletionStage<Void> closed;

  /**
   * @param mostCommitMicros how long a commit takes at the most
   * @param clockMillis the wall clock in milliseconds
   */
  SimulatedStorage(
      SimulatedProcess process,
      SimulatedDisk disk,
      Durability durability,
      long mostCommitMicros,
      LongSupplier clockMillis,
      Dice dice) {
    this.process = process;
    this.disk = disk;
    this.durability = durability;
    this.mostCommitMicros = mostCommitMicros;
    this.dice = dice;
    this.clockMillis = clockMillis;
    this.recovered = disk.recovered();
    this.calls = new StorageCalls(process, disk, dice);
    this.commits = new SimulatedCommits(process, disk, durability, mostCommitMicros, calls, dice);
    this.incarnation =
        disk.open(new StartMoment(clockMillis.getAsLong(), dice.generator().nextLong()));
    if (durability == Durability.BUFFERED) {
      process.after(SYNC_MILLIS, this::sync);
    }
  }

  @Override
  public Recovered recovered() {
    return commits.haveLanded() ? recovered.withoutStates() : recovered;
  }

  @Override
  public Incarnation incarnation() {
    return incarnation;
  }

  @Override
  public boolean outlivesTheProcess() {
    return durability != Durability.MEMORY;
  }

  /** What is going to fail. */
  StorageFaults faults() {
    return calls.faults();
  }

  @Override
  public CompletionStage<Void> stand(Standing standing) {
    return note(Call.STANDING, () -> disk.stand(standing));
  }

  @Override
  public Roster roster() {
    return disk.roster();
  }

  @Override
  public CompletionStage<Void> keep(Roster roster) {
    return note(Call.ROSTER, () -> disk.keep(roster));
  }

  /** Another sync, beside the commits; one after the other. */
  private CompletionStage<Void> note(Call call, Runnable landing) {
    if (closed != null) {
      return stopped();
    }
    CompletableFuture<Void> durable = calls.begin();
    Optional<Way> way = calls.failure(call);
    notedMicros = Math.max(notedMicros, nowMicros() + dice.between(50, mostCommitMicros));
    process.at(
        notedMicros,
        () -> {
          if (way.map(Way::writes).orElse(true)) {
            landing.run();
          }
          calls.end(durable, call, way);
        });
    return durable;
  }

  @Override
  public CompletionStage<Void> commit(Commit commit) {
    Landed one = Landed.of(commit, clockMillis.getAsLong());
    return closed != null
        ? stopped()
        : commits.write(Call.COMMIT, "commit " + commit.number(), one);
  }

  @Override
  public CompletionStage<Void> install(SnapshotInstall.Prepared snapshot) {
    Landed one = Landed.of(snapshot, clockMillis.getAsLong());
    return closed != null ? stopped() : commits.write(Call.INSTALL, "a snapshot", one);
  }

  private static <T> CompletionStage<T> stopped() {
    return CompletableFuture.failedStage(new StorageException("the simulated storage has stopped"));
  }

  private long nowMicros() {
    return process.schedule().nowMicros();
  }

  @Override
  public CompletionStage<List<Write>> read(Replica origin, long from, long to, int maxBytes) {
    if (closed != null) {
      return stopped();
    }
    boolean fails = calls.faults().takeRead();
    if (!fails && isAtHand(origin)) {
      return CompletableFuture.completedStage(page(origin, from, to, maxBytes));
    }
    CompletableFuture<List<Write>> read = calls.begin();
    process.at(
        nowMicros() + dice.between(10, MOST_READ_MICROS),
        () -> {
          if (fails) {
            calls.fail(read, new StorageException("a read of the log failed"));
          } else {
            calls.complete(read, page(origin, from, to, maxBytes));
          }
        });
    return read;
  }

  /** Own writes that were committed a moment ago are in memory, mostly. */
  private boolean isAtHand(Replica origin) {
    return durability == Durability.MEMORY
        || (origin.equals(recovered.self()) && dice.chance(AT_HAND));
  }

  @Override
  public VersionVector trimmed() {
    return disk.trimmed();
  }

  @Override
  public long logBytes() {
    return disk.logBytes();
  }

  @Override
  public CompletionStage<Optional<VersionVector>> backup(Path directory) {
    return CompletableFuture.failedStage(
        new StorageException("a simulated directory is not copied to " + directory));
  }

  @Override
  public CompletionStage<Void> checked() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public LogLimits logLimits() {
    return disk.logLimits();
  }

  @Override
  public CompletionStage<Void> close() {
    if (closed == null) {
      closed = calls.afterAll(disk::close);
    }
    return closed;
  }

  /** What the directory doubts must stay here: nobody may count on it, or even know of it. */
  void checkNothingDoubted(PeerMessage message) {
    DoubtCheck.check(disk, message);
  }

  /** Something happens once, while the next commit is under way. */
  void duringNextCommit(Runnable what) {
    commits.duringNext(what);
  }

  /**
   * The process ends: whether the commit under way was in time is drawn.
   *
   * @return what became of the commit under way, for the tally; empty if there was none
   */
  Optional<String> crash() {
    return commits.crash();
  }

  private void sync() {
    if (closed == null) {
      disk.sync();
      process.after(SYNC_MILLIS, this::sync);
    }
  }

  private List<Write> page(Replica origin, long from, long to, int maxBytes) {
    ReadPage page = new ReadPage(from, to, maxBytes);
    for (Write write : disk.log(origin, from)) {
      if (!page.add(write)) {
        break;
      }
    }
    return page.writes();
  }
}
