package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Collected;
import io.causa.core.Commit;
import io.causa.core.KeyState;
import io.causa.core.PreparedWrite;
import io.causa.core.Roster;
import io.causa.core.SnapshotInstall;
import io.causa.core.Write;
import io.causa.core.encoding.MalformedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WALRecoveryMode;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Keeps log, key states and position in RocksDB, each commit as one atomic batch of its write-ahead
 * log.
 *
 * <p>Threads, all its own: one commits, one reads the log, one makes backups, and in mode {@link
 * Durability#BUFFERED} one syncs once a second. Nothing here runs on the caller's thread except
 * {@link #open}, which blocks.
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
   */
  public record Options(
      Path directory, Durability durability, LogLimits log, String name, String clusterName) {

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
  private final Incarnation incarnation;
  private final RocksLog log;
  private final LongSupplier wallMillis;
  private final TableCheck tableCheck;
  private final CompletionStage<Void> checked;
  private final WriteOptions writeOptions;
  private final Worker committer = new Worker("causa-commit", WAITING_COMMITS);
  private final Worker copier = new Worker("causa-backup", 1);
  private final Worker reader = new Worker("causa-log-read", WAITING_READS);
  private final Optional<WalSync> walSync;
  private volatile Position position;
  private volatile Recovered recovered;
  private volatile Roster roster;
  private CompletionStage<Void> closed;

  private RocksStorage(
      Options options, RocksDatabase database, Path bootId, LongSupplier wallMillis)
      throws RocksDBException, MalformedException {
    this.options = options;
    this.database = database;
    this.wallMillis = wallMillis;
    contents = new RocksContents(database, options);
    contents.identity(wallMillis);
    provenance = new Provenance(database, options, bootId);
    incarnation = contents.begin(provenance, wallMillis.getAsLong());
    Identity identity = contents.identity(wallMillis);
    position = contents.position();
    roster = contents.roster();
    recovered =
        new Recovered(
            identity.self(),
            position.applied(),
            position.lamport(),
            contents.states(),
            contents.floor());
    log = new RocksLog(database, options.log(), position, contents.marks());
    log.check(position.applied());
    tableCheck = new TableCheck(database);
    boolean sync = options.durability() == Durability.FSYNC;
    writeOptions = new WriteOptions().setSync(sync);
    walSync = sync ? Optional.empty() : Optional.of(new WalSync(database.db()));
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
    return open(options, Provenance.BOOT_ID, wallMillis);
  }

  static RocksStorage open(Options options, Path bootId, LongSupplier wallMillis) {
    RocksDatabase database = new RocksDatabase(options.directory(), recovery(options));
    try {
      return new RocksStorage(options, database, bootId, wallMillis);
    } catch (RocksDBException | MalformedException e) {
      database.close();
      throw database.damaged(e);
    } catch (StorageException e) {
      database.close();
      throw e;
    }
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
          contents.stand(standing);
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
          roster = changed;
          return null;
        });
  }

  @Override
  public CompletionStage<Void> commit(Commit commit) {
    return committer.run(() -> write(commit));
  }

  @Override
  public CompletionStage<List<Write>> read(Replica origin, long from, long to, int maxBytes) {
    return reader.run(() -> readLog(origin, from, to, maxBytes));
  }

  @Override
  public VersionVector trimmed() {
    return position.trimmed();
  }

  @Override
  public long logBytes() {
    return position.logBytes();
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
    return committer.run(() -> write(snapshot));
  }

  private List<Write> readLog(Replica origin, long from, long to, int maxBytes) {
    try {
      return log.read(origin, from, to, maxBytes);
    } catch (RocksDBException e) {
      throw database.damaged(e);
    }
  }

  private Void write(Commit commit) {
    String what = "commit " + commit.number();
    checkFollows(what, commit.before());
    write(what, batch -> collect(commit, batch));
    return null;
  }

  private Void write(SnapshotInstall.Prepared snapshot) {
    checkFollows("a snapshot", snapshot.before());
    write("a snapshot of another node", batch -> collect(snapshot, batch));
    return null;
  }

  /** Fills a batch and says where the storage stands once it is written. */
  private interface Collector {
    Position collect(WriteBatch batch) throws RocksDBException;
  }

  private void write(String what, Collector collector) {
    try (WriteBatch batch = new WriteBatch()) {
      if (walSync.isPresent()) {
        walSync.get().check();
      }
      Position next = collector.collect(batch);
      batch.put(database.meta(), RocksContents.POSITION, Records.position(next));
      database.db().write(writeOptions, batch);
      position = next;
    } catch (RocksDBException e) {
      throw new StorageException(
          "%s could not be written to %s: %s; nothing of it was acknowledged"
              .formatted(what, options.directory(), e.getMessage()),
          e);
    }
    forgetStates();
  }

  private Position collect(SnapshotInstall.Prepared snapshot, WriteBatch batch)
      throws RocksDBException {
    log.skip(snapshot.before(), snapshot.joined(), batch);
    log.append(
        writes(snapshot.adopted()),
        snapshot.joined(),
        snapshot.stable(),
        wallMillis.getAsLong(),
        batch);
    for (Map.Entry<String, Optional<KeyState>> change : snapshot.changes().entrySet()) {
      byte[] key = Records.key(change.getKey());
      if (change.getValue().isPresent()) {
        batch.put(database.keys(), key, Records.state(change.getValue().get()));
      } else {
        batch.delete(database.keys(), key);
      }
    }
    batch.put(database.meta(), RocksContents.FLOOR, Records.vector(snapshot.floor()));
    return new Position(snapshot.after(), snapshot.lamport(), log.trimmed(), log.bytes());
  }

  private Position collect(Commit commit, WriteBatch batch) throws RocksDBException {
    log.append(
        writes(commit.writes()),
        position.applied(),
        commit.stable(),
        wallMillis.getAsLong(),
        batch);
    for (Map.Entry<String, KeyState> state : commit.finalStates().entrySet()) {
      batch.put(database.keys(), Records.key(state.getKey()), Records.state(state.getValue()));
    }
    remove(commit.collected(), batch);
    return new Position(commit.after(), commit.lamport(), log.trimmed(), log.bytes());
  }

  private static List<Write> writes(List<PreparedWrite> prepared) {
    return prepared.stream().map(PreparedWrite::write).toList();
  }

  private void remove(Collected collected, WriteBatch batch) throws RocksDBException {
    for (String key : collected.keys()) {
      batch.delete(database.keys(), Records.key(key));
    }
    if (!collected.keys().isEmpty()) {
      batch.put(database.meta(), RocksContents.FLOOR, Records.vector(collected.floor()));
    }
  }

  private void checkFollows(String what, VersionVector before) {
    if (!before.equals(position.applied())) {
      throw new IllegalStateException(
          "%s follows %s, not %s".formatted(what, before, position.applied()));
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
    if (walSync.isPresent()) {
      walSync.get().close();
    }
    provenance.end();
    writeOptions.close();
    database.close();
    return null;
  }
}
