package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.SnapshotInstall;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.membership.Roster;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/**
 * Keeps the log in memory and nothing beyond the process: a commit is "durable" at once.
 *
 * <p>Only the log lives here; the key states live in the store. Any thread may call; every call is
 * short, but {@link #install}, which looks at all that the log drops. Bounds: those of {@link
 * MemoryLog}.
 */
public final class MemoryStorage implements Storage {

  private final Replica self;
  private final MemoryLog log;
  private final LongSupplier clockMillis;
  private VersionVector applied = VersionVector.EMPTY;

  /** A storage whose log never becomes too old. */
  public MemoryStorage(Replica self, long logBytes) {
    this(self, LogLimits.ofBytes(logBytes), () -> 0);
  }

  /**
   * @param self a generation that was never used before
   * @param clockMillis a clock in milliseconds, which tells the age of the log
   */
  public MemoryStorage(Replica self, LogLimits limits, LongSupplier clockMillis) {
    this.self = self;
    this.log = new MemoryLog(limits);
    this.clockMillis = clockMillis;
  }

  @Override
  public Recovered recovered() {
    return Recovered.nothing(self);
  }

  /** A generation that nobody ever knew needs no doubt. */
  @Override
  public Incarnation incarnation() {
    return new Incarnation(self.generation(), Standing.TRUSTED, true);
  }

  @Override
  public CompletionStage<Void> stand(Standing standing) {
    return CompletableFuture.completedStage(null);
  }

  /** Nothing outlives the process, so nothing was ever kept. */
  @Override
  public Roster roster() {
    return Roster.EMPTY;
  }

  @Override
  public CompletionStage<Void> keep(Roster roster) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Void> commit(Commit commit) {
    if (!commit.before().equals(applied)) {
      return CompletableFuture.failedStage(
          new IllegalStateException(
              "commit " + commit.number() + " follows " + commit.before() + ", not " + applied));
    }
    List<Write> writes = commit.writes().stream().map(StagedWrite::write).toList();
    log.add(writes, applied, commit.stable(), clockMillis.getAsLong());
    applied = commit.after();
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Void> install(SnapshotInstall.Prepared snapshot) {
    if (!snapshot.before().equals(applied)) {
      return CompletableFuture.failedStage(
          new IllegalStateException(
              "a snapshot follows " + snapshot.before() + ", not " + applied));
    }
    log.skip(applied, snapshot.joined());
    List<Write> adopted = snapshot.adopted().stream().map(StagedWrite::write).toList();
    log.add(adopted, snapshot.joined(), snapshot.stable(), clockMillis.getAsLong());
    applied = snapshot.after();
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<List<Write>> read(
      Replica origin, long from, long to, int maxBytes) {
    ReadPage page = new ReadPage(from, to, maxBytes);
    for (Write write : log.from(origin, from)) {
      if (!page.add(write)) {
        break;
      }
    }
    return CompletableFuture.completedStage(page.writes());
  }

  @Override
  public synchronized VersionVector trimmed() {
    return log.trimmed();
  }

  @Override
  public synchronized long logBytes() {
    return log.bytes();
  }

  @Override
  public LogLimits logLimits() {
    return log.limits();
  }

  @Override
  public CompletionStage<Optional<VersionVector>> backup(Path directory) {
    return CompletableFuture.failedStage(
        new StorageException(
            self + " keeps its data in memory (storage.mode), where there is nothing to copy"));
  }

  @Override
  public CompletionStage<Void> checked() {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<Void> close() {
    return CompletableFuture.completedStage(null);
  }
}
