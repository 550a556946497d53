package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.core.store.SnapshotInstall;
import io.causa.identity.Incarnation;
import io.causa.identity.Standing;
import io.causa.membership.Roster;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps the log in memory and nothing beyond the process: a commit is "durable" at once.
 *
 * <p>Only the log lives here; the key states live in the store. Any thread may call; every call is
 * short, but {@link #install}, which looks at all that the log drops. Bounds: those of {@link
 * MemoryLog}.
 */
public final class MemoryStorage implements Storage {

  private static final String STOPPED = "the storage in memory has stopped";

  private final Replica self;
  private final long session;
  private final MemoryLog log;
  private final LongSupplier clockMillis;
  private VersionVector applied = VersionVector.EMPTY;
  private volatile Roster roster = Roster.EMPTY;
  private volatile boolean closed;
  private boolean failed;

  /** A storage of session 1 whose log never becomes too old. */
  public MemoryStorage(Replica self, long logBytes) {
    this(self, 1, LogLimits.ofBytes(logBytes), () -> 0);
  }

  /**
   * @param self a generation that was never used before
   * @param session that of this run; see {@link io.causa.identity.StartMoment}
   * @param clockMillis a clock in milliseconds, which tells the age of the log
   */
  public MemoryStorage(Replica self, long session, LogLimits limits, LongSupplier clockMillis) {
    this.self = self;
    this.session = session;
    this.log = new MemoryLog(limits);
    this.clockMillis = clockMillis;
  }

  @Override
  public Recovered recovered() {
    return Recovered.nothing(self);
  }

  @Override
  public Incarnation incarnation() {
    return Incarnation.ofNewGeneration(session, 0);
  }

  @Override
  public CompletionStage<Void> stand(Standing standing) {
    return closed ? stopped() : CompletableFuture.completedStage(null);
  }

  @Override
  public boolean outlivesTheProcess() {
    return false;
  }

  @Override
  public Roster roster() {
    return roster;
  }

  @Override
  public CompletionStage<Void> keep(Roster changed) {
    if (closed) {
      return stopped();
    }
    roster = changed;
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Void> commit(Commit commit) {
    Optional<RuntimeException> refusal =
        refusal(() -> "commit " + commit.number(), commit.before());
    if (refusal.isPresent()) {
      return CompletableFuture.failedStage(refusal.get());
    }
    List<Write> writes = commit.writes().stream().map(StagedWrite::write).toList();
    log.add(writes, applied, commit.stable(), clockMillis.getAsLong());
    applied = commit.after();
    log.compact(applied);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<Void> install(SnapshotInstall.Prepared snapshot) {
    Optional<RuntimeException> refusal = refusal(() -> "a snapshot", snapshot.before());
    if (refusal.isPresent()) {
      return CompletableFuture.failedStage(refusal.get());
    }
    log.skip(applied, snapshot.joined());
    List<Write> adopted = snapshot.adopted().stream().map(StagedWrite::write).toList();
    log.add(adopted, snapshot.joined(), snapshot.stable(), clockMillis.getAsLong());
    applied = snapshot.after();
    log.compact(applied);
    return CompletableFuture.completedStage(null);
  }

  @Override
  public synchronized CompletionStage<List<Write>> read(
      Replica origin, long from, long to, int maxBytes) {
    if (closed) {
      return stopped();
    }
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
    closed = true;
    return CompletableFuture.completedStage(null);
  }

  private Optional<RuntimeException> refusal(Supplier<String> what, VersionVector before) {
    if (closed) {
      return Optional.of(new StorageException(STOPPED));
    }
    if (failed) {
      return Optional.of(StorageException.afterAFailure());
    }
    failed = !before.equals(applied);
    return failed
        ? Optional.of(
            new IllegalStateException(what.get() + " follows " + before + ", not " + applied))
        : Optional.empty();
  }

  private static <T> CompletionStage<T> stopped() {
    return CompletableFuture.failedStage(new StorageException(STOPPED));
  }
}
