package io.causa.storage;

import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.DataSize;
import io.causa.core.KeyState;
import io.causa.core.encoding.Fields;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.ReplicaReader;
import io.causa.core.encoding.Rosters;
import io.causa.core.store.KeyTable;
import io.causa.identity.StartMoment;
import io.causa.membership.Feature;
import io.causa.membership.Roster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** What a directory holds when it is opened, and whose it is. */
final class RocksContents {

  static final byte[] OWNER = "identity".getBytes(StandardCharsets.US_ASCII);
  static final byte[] POSITION = "position".getBytes(StandardCharsets.US_ASCII);

  /** When what was applied. */
  static final byte[] AGE = "age".getBytes(StandardCharsets.US_ASCII);

  /** Missing until a tombstone is removed. */
  static final byte[] FLOOR = "floor".getBytes(StandardCharsets.US_ASCII);

  /** The field beside the roster with the generations that have ended. */
  private static final int ENDINGS = 1;

  private static final byte[] ROSTER = "roster".getBytes(StandardCharsets.US_ASCII);

  private static final long READAHEAD_BYTES = 2L << 20;

  private final RocksDatabase database;
  private final RocksStorage.Options options;

  RocksContents(RocksDatabase database, RocksStorage.Options options) {
    this.database = database;
    this.options = options;
  }

  /**
   * Whose data this is; a new owner is made durable before anything else.
   *
   * @throws StorageException if the data is of another version, node or cluster
   */
  Owner owner(StartMoment now) throws RocksDBException, MalformedException {
    if (!database.metadata().hasFormat()) {
      requireEmpty();
      return newOwner(now.generationAfter(0));
    }
    database.metadata().requireFormat();
    Owner owner = owner();
    check(
        owner.clusterName().equals(options.clusterName()),
        "cluster",
        owner.clusterName(),
        options.clusterName());
    return named(owner);
  }

  /** Whose data this is, as it says itself. */
  Owner owner() throws RocksDBException, MalformedException {
    return Records.readOwner(
        meta(OWNER).orElseThrow(() -> new MalformedException("its identity is gone")));
  }

  private Owner named(Owner owner) {
    String name = owner.self().name();
    check(name.equals(options.name()), "node", name, options.name());
    return owner;
  }

  Position position() throws RocksDBException, MalformedException {
    Optional<byte[]> position = meta(POSITION);
    return position.isEmpty() ? Position.START : bounded(Records.readPosition(position.get()));
  }

  /** Earlier versions took any time from a peer, and made it durable. */
  private Position bounded(Position position) {
    if (position.lamport() < 0 || position.lamport() > LamportTimestamp.MAX_TIME) {
      throw new StorageException(
          "the data directory %s holds the Lamport time %d, which no node may give to a write: the last one is %d. A peer has claimed it, and the peers would take no write that follows it. Keep the directory for comparison, and start this node with an empty one, or with a backup from before"
              .formatted(options.directory(), position.lamport(), LamportTimestamp.MAX_TIME));
    }
    return position;
  }

  /** When what was applied; nothing is known before the first commit. */
  List<LogAge.Mark> marks() throws RocksDBException, MalformedException {
    Optional<byte[]> marks = meta(AGE);
    return marks.isEmpty() ? List.of() : Records.readMarks(marks.get());
  }

  /** What the removed tombstones belonged to. */
  VersionVector floor() throws RocksDBException, MalformedException {
    return floor(database);
  }

  static VersionVector floor(RocksDatabase database) throws RocksDBException, MalformedException {
    Optional<byte[]> floor = database.metadata().body(FLOOR);
    return floor.isEmpty() ? VersionVector.EMPTY : Records.readVector(floor.get());
  }

  /** Whom the replica knows; nobody before {@link #keep} was called. */
  Roster roster() throws RocksDBException, MalformedException {
    Optional<Metadata.Found> found = database.metadata().find(ROSTER);
    if (found.isEmpty()) {
      return Roster.EMPTY;
    }
    return Rosters.withEndings(
        Records.readRoster(found.get().body()), found.get().fields().find(ENDINGS));
  }

  /** Makes the roster durable. */
  void keep(Roster roster) throws RocksDBException, MalformedException {
    try (WriteBatch batch = new WriteBatch()) {
      Optional<byte[]> endings = Rosters.endings(roster);
      Fields fields = endings.map(more -> Fields.NONE.with(ENDINGS, more)).orElse(Fields.NONE);
      database.metadata().put(batch, ROSTER, Records.roster(roster), fields);
      if (endings.isPresent()) {
        database.metadata().need(batch, Feature.BASES);
      }
      writeSynced(batch);
    }
  }

  void writeSynced(WriteBatch batch) throws RocksDBException {
    try (WriteOptions sync = new WriteOptions().setSync(true)) {
      database.db().write(sync, batch);
    }
  }

  Map<String, KeyState> states() throws RocksDBException, MalformedException {
    return states(database, options.directory(), options.mostDataBytes());
  }

  /** Returns all key states, as the store holds them. */
  static Map<String, KeyState> states(RocksDatabase database)
      throws RocksDBException, MalformedException {
    return states(database, Path.of(""), Long.MAX_VALUE);
  }

  /**
   * The same, if it fits the memory.
   *
   * @throws DataTooLargeException if not; then all of it was read, and no more was kept than may be
   */
  private static Map<String, KeyState> states(
      RocksDatabase database, Path directory, long mostBytes)
      throws RocksDBException, MalformedException {
    long bytes = 0;
    ReplicaReader replicas = new ReplicaReader();
    KeyTable table = new KeyTable();
    try (ReadOptions onceThrough =
            new ReadOptions().setReadaheadSize(READAHEAD_BYTES).setFillCache(false);
        RocksIterator entries = database.db().newIterator(database.keys(), onceThrough)) {
      for (entries.seekToFirst(); entries.isValid(); entries.next()) {
        String key = Records.readKey(entries.key());
        KeyState state = Records.readState(key, entries.value(), replicas);
        bytes += DataSize.of(state);
        if (bytes <= mostBytes) {
          table.put(state);
        } else {
          // All that is still of interest is how much there is.
          table = new KeyTable();
        }
      }
      entries.status();
    }
    if (bytes > mostBytes) {
      throw new DataTooLargeException(directory, bytes, mostBytes);
    }
    return table.states();
  }

  private Owner newOwner(long generation) throws RocksDBException {
    Owner owner = new Owner(new Replica(options.name(), generation), options.clusterName());
    try (WriteBatch batch = new WriteBatch()) {
      database.metadata().begin(batch);
      database.metadata().put(batch, OWNER, Records.owner(owner));
      writeSynced(batch);
    }
    return owner;
  }

  /** Whoever wrote anything wrote the format first. */
  private void requireEmpty() throws RocksDBException, MalformedException {
    if (new DirectoryMark(options.directory()).read().isPresent()
        || new SyncedMark(options.directory()).read().isPresent()) {
      throw new MalformedException("a node has used it, and its data is gone");
    }
    for (var family : List.of(database.log(), database.keys(), database.meta())) {
      try (RocksIterator entries = database.db().newIterator(family)) {
        entries.seekToFirst();
        if (entries.isValid()) {
          throw new MalformedException("it has data, but its format and identity are gone");
        }
        entries.status();
      }
    }
  }

  Optional<byte[]> meta(byte[] name) throws RocksDBException, MalformedException {
    return database.metadata().body(name);
  }

  private void check(boolean same, String what, Object found, Object expected) {
    if (!same) {
      throw new StorageException(
          "the data directory %s is of %s %s, not %s; give this node a directory of its own"
              .formatted(options.directory(), what, found, expected));
    }
  }
}
