package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.KeyState;
import io.causa.core.RemovedTombstones;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.core.encoding.MalformedException;
import io.causa.core.store.SnapshotInstall;
import io.causa.identity.Standing;
import io.causa.membership.Feature;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Writes commits and snapshots, each as one atomic batch that says where the storage stands with
 * it.
 *
 * <p>Owner: the committing thread; {@link #position} and {@link #recent} may be read by any.
 */
final class RocksCommits implements AutoCloseable {

  /** How much of the own writes stays at hand: several windows of a stream. */
  private static final long RECENT_BYTES = 4 << 20;

  private final RocksDatabase database;
  private final RocksStorage.Options options;
  private final RocksLog log;
  private final LongSupplier wallMillis;
  private final WriteOptions writeOptions;
  private final WalSync walSync;
  private final RecentWrites recent;
  private volatile Position position;

  /**
   * @param self whose storage it is
   * @param position where the storage stands now
   * @param wallMillis tells the age of the log
   */
  RocksCommits(
      RocksDatabase database,
      RocksStorage.Options options,
      RocksLog log,
      Replica self,
      Position position,
      LongSupplier wallMillis) {
    this.database = database;
    this.options = options;
    this.log = log;
    this.position = position;
    this.wallMillis = wallMillis;
    this.recent = new RecentWrites(self, RECENT_BYTES);
    boolean sync = options.durability() == RocksStorage.Durability.FSYNC;
    writeOptions = new WriteOptions().setSync(sync);
    walSync = new WalSync(database.db(), sync, new SyncedMark(options.directory()).open());
  }

  /** What is durable, as far as this process wrote it. */
  Position position() {
    return position;
  }

  /**
   * @throws IllegalStateException if the commit does not follow what is here
   * @throws StorageException if it cannot be written
   */
  void write(Commit commit) {
    String what = "commit " + commit.number();
    checkFollows(what, commit.before());
    write(what, batch -> collect(commit, batch));
    recent.add(commit.writes());
  }

  /** As with a commit. */
  void write(SnapshotInstall.Prepared snapshot) {
    checkFollows("a snapshot", snapshot.before());
    write("a snapshot of another node", batch -> collect(snapshot, batch));
    recent.add(snapshot.adopted());
  }

  /** Returns what is at hand of a read of the log; empty if the log has to be asked. */
  List<Write> recent(Replica origin, long from, long to, int maxBytes) {
    return from > position.trimmed().get(origin)
        ? recent.read(origin, from, to, maxBytes)
        : List.of();
  }

  /** Nothing is written any more. */
  @Override
  public void close() {
    recent.close();
    walSync.close();
    writeOptions.close();
  }

  /** Notes that a synced write of this thread has returned that is no commit. */
  void synced() {
    walSync.synced();
  }

  /** Notes that a synced write of this thread has made this standing durable. */
  void stood(Standing standing) {
    walSync.stood(standing);
  }

  /** Fills a batch and says where the storage stands once it is written. */
  private interface Collector {
    Position collect(WriteBatch batch) throws RocksDBException;
  }

  private void write(String what, Collector collector) {
    try (WriteBatch batch = new WriteBatch()) {
      walSync.check();
      Position next = collector.collect(batch);
      database.metadata().put(batch, RocksContents.POSITION, Records.position(next));
      needBases(next, batch);
      database.db().write(writeOptions, batch);
      walSync.committed();
      position = next;
    } catch (MalformedException e) {
      throw database.damaged(e);
    } catch (RocksDBException e) {
      throw new StorageException(
          "%s could not be written to %s: %s; nothing of it was acknowledged"
              .formatted(what, options.directory(), e.getMessage()),
          e);
    }
  }

  /** Once a vector has a base, the next start must know what that is. */
  private void needBases(Position next, WriteBatch batch)
      throws RocksDBException, MalformedException {
    if (next.applied().hasBases() && !position.applied().hasBases()) {
      database.metadata().need(batch, Feature.BASES);
    }
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
    database.metadata().put(batch, RocksContents.FLOOR, Records.vector(snapshot.floor()));
    log.compact(snapshot.joined(), List.of(), snapshot.after());
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
    remove(commit.removed(), batch);
    log.compact(commit.before(), writes(commit.writes()), commit.after());
    return new Position(commit.after(), commit.lamport(), log.trimmed(), log.bytes());
  }

  private static List<Write> writes(List<StagedWrite> prepared) {
    return prepared.stream().map(StagedWrite::write).toList();
  }

  private void remove(RemovedTombstones removed, WriteBatch batch) throws RocksDBException {
    for (String key : removed.keys()) {
      batch.delete(database.keys(), Records.key(key));
    }
    if (!removed.keys().isEmpty()) {
      database.metadata().put(batch, RocksContents.FLOOR, Records.vector(removed.floor()));
    }
  }

  private void checkFollows(String what, VersionVector before) {
    if (!before.equals(position.applied())) {
      throw new IllegalStateException(
          "%s follows %s, not %s".formatted(what, before, position.applied()));
    }
  }
}
