package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.DataSize;
import io.causa.core.Write;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.UnsupportedException;
import io.causa.core.store.SnapshotInstall;
import io.causa.identity.Incarnation;
import io.causa.identity.Standing;
import io.causa.identity.StartMoment;
import io.causa.membership.Roster;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;

/**
 * Keeps log, key states and position in RocksDB, each commit as one atomic batch of its write-ahead
 * log.
 *
 * <p>Threads, all its own: one commits, one reads the log, one makes backups, and one syncs once a
 * second what no commit waits for. Nothing here runs on the caller's thread except {@link #open},
 * which blocks.
 */
public final class RocksStorage implements Storage {

  private static final int WAITING_COMMITS = 16;
  private static final int WAITING_READS = 4096;

  /** When a commit is durable. */
  public enum Durability {
    /** Once it is on the disk: survives the loss of power. */
    FSYNC,
    /** Once the operating system has it: survives the process; a sync follows each second. */
    BUFFERED
  }

  /**
   * @param directory made if it is missing; belongs to one node at a time
   * @param durability when a commit is durable
   * @param log how much log is kept
   * @param name the node's name, held against that of the data
   * @param clusterName the cluster's name, held against that of the data
   * @param mostDataBytes what the data may occupy in memory, as {@link DataSize} counts it; more is
   *     not opened
   */
  public record Options(
      Path directory,
      Durability durability,
      LogLimits log,
      String name,
      String clusterName,
      long mostDataBytes) {

    /** Data of any size. */
    public Options(
        Path directory, Durability durability, LogLimits log, String name, String clusterName) {
      this(directory, durability, log, name, clusterName, Long.MAX_VALUE);
    }

    /** A log that never becomes too old. */
    public Options(
        Path directory, Durability durability, long logBytes, String name, String clusterName) {
      this(directory, durability, LogLimits.ofBytes(logBytes), name, clusterName);
    }
  }

  private final Options options;
  private final RocksDatabase database;
  private final RocksContents contents;
  private final Provenance provenance;
  private final RocksIdentity identity;
  private final Incarnation incarnation;
  private final RocksLog log;
  private final TableCheck tableCheck;
  private final CompletionStage<Void> checked;
  private final RocksCommits commits;
  private final Worker committer = new Worker("causa-commit", WAITING_COMMITS);
  private final Worker copier = new Worker("causa-backup", 1);
  private final Worker reader = new Worker("causa-log-read", WAITING_READS);
  private volatile Recovered recovered;
  private volatile Roster roster;
  private CompletionStage<Void> closed;

  /** Only the committer looks. */
  private boolean hasFailed;

  private RocksStorage(
      Options options,
      RocksDatabase database,
      Path bootId,
      LongSupplier wallMillis,
      StartMoment now)
      throws RocksDBException, MalformedException {
    this.options = options;
    this.database = database;
    contents = new RocksContents(database, options);
    contents.owner(now);
    provenance = new Provenance(database, options, bootId);
    identity = new RocksIdentity(database, contents, options.directory());
    incarnation = identity.begin(provenance, now);
    Owner owner = contents.owner(now);
    Position position = contents.position();
    roster = contents.roster();
    recovered =
        new Recovered(
            owner.self(),
            position.applied(),
            position.lamport(),
            contents.states(),
            contents.floor());
    log = new RocksLog(database, options.log(), position, contents.marks());
    log.check(position.applied());
    tableCheck = new TableCheck(database);
    commits = new RocksCommits(database, options, log, owner.self(), position, wallMillis);
    checked = tableCheck.run();
  }

  /**
   * Opens the directory, or makes it. Blocks while the data is read.
   *
   * @param wallMillis the clock that generations and sessions follow, unless it goes back, and that
   *     tells the age of the log; called on any thread
   * @throws StorageException if the directory cannot be used, is in use, or holds the data of
   *     another version, node or cluster
   */
  public static RocksStorage open(Options options, LongSupplier wallMillis) {
    return open(options, Provenance.BOOT_ID, wallMillis, new SecureRandom()::nextLong);
  }

  static RocksStorage open(
      Options options, Path bootId, LongSupplier wallMillis, LongSupplier random) {
    StartMoment now = new StartMoment(wallMillis.getAsLong(), random.getAsLong());
    RocksDatabase database = new RocksDatabase(options.directory(), recovery(options));
    try {
      return new RocksStorage(options, database, bootId, wallMillis, now);
    } catch (RocksDBException | MalformedException | RuntimeException e) {
      database.close();
      throw explain(e, database);
    }
  }

  private static RuntimeException explain(Exception e, RocksDatabase database) {
    if (e instanceof UnsupportedException later) {
      return database.later(later);
    }
    if (e instanceof IllegalStateException) { // no number is left for this start
      return new StorageException(e.getMessage(), e);
    }
    return e instanceof RuntimeException unexpected ? unexpected : database.damaged(e);
  }

  /**
   * A kill may tear the last record and nothing before it. Without fsync a loss of power may tear
   * more; then what is before the first tear is still one state that was.
   */
  private static WALRecoveryMode recovery(Options options) {
    return options.durability() == Durability.FSYNC
        ? WALRecoveryMode.TolerateCorruptedTailRecords
        : WALRecoveryMode.PointInTimeRecovery;
  }

  @Override
  public Recovered recovered() {
    return recovered;
  }

  @Override
  public Incarnation incarnation() {
    return incarnation;
  }

  @Override
  public CompletionStage<Void> stand(Standing standing) {
    return committer.run(
        () -> {
          identity.stand(standing);
          commits.stood(standing);
          return null;
        });
  }

  @Override
  public Roster roster() {
    return roster;
  }

  @Override
  public CompletionStage<Void> keep(Roster changed) {
    return committer.run(
        () -> {
          contents.keep(changed);
          commits.synced();
          roster = changed;
          return null;
        });
  }

  @Override
  public CompletionStage<Void> commit(Commit commit) {
    return written(() -> commits.write(commit));
  }

  @Override
  public CompletionStage<List<Write>> read(Replica origin, long from, long to, int maxBytes) {
    List<Write> atHand = commits.recent(origin, from, to, maxBytes);
    return atHand.isEmpty()
        ? reader.run(() -> readLog(origin, from, to, maxBytes))
        : CompletableFuture.completedStage(atHand);
  }

  @Override
  public VersionVector trimmed() {
    return commits.position().trimmed();
  }

  @Override
  public long logBytes() {
    return commits.position().logBytes();
  }

  @Override
  public LogLimits logLimits() {
    return options.log();
  }

  @Override
  public CompletionStage<Optional<VersionVector>> backup(Path directory) {
    return copier.run(() -> RocksBackup.make(database, directory));
  }

  /**
   * Copies a data directory that no process has open; see {@link #backup}.
   *
   * @throws StorageException if it is in use, holds no data, or cannot be copied
   */
  public static Optional<VersionVector> backup(Path from, Path to) {
    return RocksBackup.make(from, to);
  }

  @Override
  public CompletionStage<Void> checked() {
    return checked;
  }

  @Override
  public synchronized CompletionStage<Void> close() {
    if (closed == null) {
      closed = committer.run(this::closeAll);
      committer.stop();
    }
    return closed;
  }

  @Override
  public CompletionStage<Void> install(SnapshotInstall.Prepared snapshot) {
    return written(() -> commits.write(snapshot));
  }

  /** What a failed write left behind is unknown, here and in the log's own figures. */
  private CompletionStage<Void> written(Runnable write) {
    return committer.run(
        () -> {
          if (hasFailed) {
            throw StorageException.afterAFailure();
          }
          hasFailed = true;
          write.run();
          hasFailed = false;
          forgetStates();
          return null;
        });
  }

  private List<Write> readLog(Replica origin, long from, long to, int maxBytes) {
    try {
      return log.read(origin, from, to, maxBytes);
    } catch (RocksDBException e) {
      throw database.damaged(e);
    }
  }

  /** The store has its own states by now; these would keep every value alive that it had. */
  private void forgetStates() {
    Recovered found = recovered;
    if (!found.states().isEmpty()) {
      recovered = found.withoutStates();
    }
  }

  private Void closeAll() throws RocksDBException {
    reader.stopAndWait();
    copier.stopAndWait();
    tableCheck.stop();
    commits.close();
    provenance.end();
    database.close();
    return null;
  }
}
