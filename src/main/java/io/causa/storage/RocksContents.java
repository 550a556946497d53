package io.causa.storage;

import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.DataSize;
import io.causa.core.KeyState;
import io.causa.core.Renaming;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.ReplicaReader;
import io.causa.membership.Roster;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a directory holds when it is opened, and whose it is. */
final class RocksContents {

  private static final byte[] FORMAT = "format".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] IDENTITY = "identity".getBytes(StandardCharsets.US_ASCII);
  static final byte[] POSITION = "position".getBytes(StandardCharsets.US_ASCII);

  /** When what was applied. */
  static final byte[] AGE = "age".getBytes(StandardCharsets.US_ASCII);

  /** Missing until a tombstone is removed. */
  static final byte[] FLOOR = "floor".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] SESSION = "session".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ROSTER = "roster".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STANDING = "standing".getBytes(StandardCharsets.US_ASCII);

  private static final long READAHEAD_BYTES = 2L << 20;

  private static final Logger LOG = LoggerFactory.getLogger(RocksContents.class);

  private final RocksDatabase database;
  private final RocksStorage.Options options;

  RocksContents(RocksDatabase database, RocksStorage.Options options) {
    this.database = database;
    this.options = options;
  }

  /**
   * The identity of the data; a new one is made durable before anything else.
   *
   * @throws StorageException if the data is of another version, node or cluster
   */
  Identity identity(LongSupplier generation) throws RocksDBException, MalformedException {
    byte[] format = meta(FORMAT);
    if (format == null) {
      requireEmpty();
      return newIdentity(generation.getAsLong());
    }
    requireVersion(format);
    Identity identity = Records.readIdentity(required(IDENTITY, "identity"));
    check(
        identity.clusterName().equals(options.clusterName()),
        "cluster",
        identity.clusterName(),
        options.clusterName());
    return named(identity);
  }

  private void requireVersion(byte[] format) throws MalformedException {
    long version = new ByteReader(format).readVarint();
    check(version == Records.FORMAT_VERSION, "format", version, Records.FORMAT_VERSION);
  }

  private Identity named(Identity identity) {
    String name = identity.self().name();
    check(name.equals(options.name()), "node", name, options.name());
    return identity;
  }

  Position position() throws RocksDBException, MalformedException {
    byte[] position = meta(POSITION);
    return position == null ? Position.START : bounded(Records.readPosition(position));
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
    byte[] marks = meta(AGE);
    return marks == null ? List.of() : Records.readMarks(marks);
  }

  /** What the removed tombstones belonged to. */
  VersionVector floor() throws RocksDBException, MalformedException {
    return floor(database);
  }

  static VersionVector floor(RocksDatabase database) throws RocksDBException, MalformedException {
    byte[] floor = database.db().get(database.meta(), FLOOR);
    return floor == null ? VersionVector.EMPTY : Records.readVector(floor);
  }

  /**
   * Begins a run: raises the session and, if the data was renounced or may not be the latest, makes
   * it a new generation's. All that is durable when this returns.
   *
   * @param wallMillis the wall clock, which sessions and generations follow unless it goes back
   * @throws StorageException if the data must not be run again
   */
  Incarnation begin(Provenance provenance, long wallMillis)
      throws RocksDBException, MalformedException {
    byte[] last = meta(SESSION);
    long session = Math.max(wallMillis, last == null ? 1 : new ByteReader(last).readVarint() + 1);
    Standing standing = standing(provenance);
    boolean isNew = last == null || standing.state() == Standing.State.RENOUNCED;
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(database.meta(), SESSION, new ByteWriter(10).writeVarint(session).toBytes());
      provenance.begin(batch);
      if (standing.state() == Standing.State.RENOUNCED) {
        becomeNewGeneration(standing.trusted(), wallMillis, batch);
        standing = Standing.TRUSTED;
        batch.put(database.meta(), STANDING, Records.standing(standing));
      }
      writeSynced(batch);
    }
    return new Incarnation(session, standing, isNew);
  }

  private Standing standing(Provenance provenance) throws RocksDBException, MalformedException {
    Standing noted = standing();
    Optional<String> doubt = provenance.doubt();
    if (doubt.isEmpty() || noted.state() == Standing.State.RENOUNCED) {
      return noted;
    }
    LOG.warn(
        "the data directory {} becomes a new generation: {}", options.directory(), doubt.get());
    return noted.state() == Standing.State.DOUBTED
        ? Standing.renounced(noted.trusted())
        : Standing.renounced(ownWrites());
  }

  private long ownWrites() throws RocksDBException, MalformedException {
    Replica self = Records.readIdentity(required(IDENTITY, "identity")).self();
    return position().applied().get(self);
  }

  private void becomeNewGeneration(long trusted, long wallMillis, WriteBatch batch)
      throws RocksDBException, MalformedException {
    Identity old = Records.readIdentity(required(IDENTITY, "identity"));
    long generation = Math.max(wallMillis, old.self().generation() + 1);
    Replica fresh = new Replica(old.self().name(), generation);
    new NewGeneration(database, new Renaming(old.self(), fresh, trusted))
        .collect(position(), batch);
    batch.put(database.meta(), IDENTITY, Records.identity(new Identity(fresh, old.clusterName())));
  }

  private Standing standing() throws RocksDBException, MalformedException {
    byte[] bytes = meta(STANDING);
    Standing standing = bytes == null ? Standing.TRUSTED : Records.readStanding(bytes);
    if (standing.state() == Standing.State.FORKED) {
      throw new StorageException(
          "the data directory %s is an older copy of itself, and has given dots after its own write %d to other writes than it did before; both have spread. Keep it for comparison, and start this node with an empty directory: it gets everything from its peers"
              .formatted(options.directory(), standing.trusted()));
    }
    return standing;
  }

  /**
   * Lets the data know that it is a copy: the next run is a new generation's, which keeps the own
   * writes under the dots that the original gave them. Only those whose dots the original doubts
   * itself get new ones.
   *
   * @return what is applied
   */
  static VersionVector markAsCopy(RocksDatabase copy, Path directory)
      throws RocksDBException, MalformedException {
    RocksContents contents =
        new RocksContents(
            copy, new RocksStorage.Options(directory, RocksStorage.Durability.FSYNC, 0, "", ""));
    contents.requireVersion(contents.required(FORMAT, "format"));
    Standing original = contents.standing();
    boolean trusted = original.state() == Standing.State.TRUSTED;
    contents.stand(Standing.renounced(trusted ? contents.ownWrites() : original.trusted()));
    return contents.position().applied();
  }

  /** Makes the standing durable. */
  void stand(Standing standing) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(database.meta(), STANDING, Records.standing(standing));
      writeSynced(batch);
    }
  }

  /** Whom the replica knows; nobody before {@link #keep} was called. */
  Roster roster() throws RocksDBException, MalformedException {
    byte[] bytes = meta(ROSTER);
    return bytes == null ? Roster.EMPTY : Records.readRoster(bytes);
  }

  /** Makes the roster durable. */
  void keep(Roster roster) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(database.meta(), ROSTER, Records.roster(roster));
      writeSynced(batch);
    }
  }

  private void writeSynced(WriteBatch batch) throws RocksDBException {
    try (WriteOptions sync = new WriteOptions().setSync(true)) {
      database.db().write(sync, batch);
    }
  }

  SortedMap<String, KeyState> states() throws RocksDBException, MalformedException {
    return states(database, options.directory(), options.mostDataBytes());
  }

  /** All key states, sorted by key, so that whoever orders them by key as well has little to do. */
  static SortedMap<String, KeyState> states(RocksDatabase database)
      throws RocksDBException, MalformedException {
    return states(database, Path.of(""), Long.MAX_VALUE);
  }

  /**
   * The same, if it fits the memory.
   *
   * @throws DataTooLargeException if not; then all of it was read, and no more was kept than may be
   */
  private static SortedMap<String, KeyState> states(
      RocksDatabase database, Path directory, long mostBytes)
      throws RocksDBException, MalformedException {
    long bytes = 0;
    ReplicaReader replicas = new ReplicaReader();
    SortedMap<String, KeyState> states = new ConcurrentSkipListMap<>();
    try (ReadOptions onceThrough =
            new ReadOptions().setReadaheadSize(READAHEAD_BYTES).setFillCache(false);
        RocksIterator entries = database.db().newIterator(database.keys(), onceThrough)) {
      for (entries.seekToFirst(); entries.isValid(); entries.next()) {
        String key = Records.readKey(entries.key());
        KeyState state = Records.readState(key, entries.value(), replicas);
        bytes += DataSize.of(key, state);
        if (bytes <= mostBytes) {
          states.put(key, state);
        } else {
          // All that is still of interest is how much there is.
          states.clear();
        }
      }
      entries.status();
    }
    if (bytes > mostBytes) {
      throw new DataTooLargeException(directory, bytes, mostBytes);
    }
    return states;
  }

  private Identity newIdentity(long generation) throws RocksDBException {
    Identity identity =
        new Identity(new Replica(options.name(), generation), options.clusterName());
    byte[] format = new ByteWriter(1).writeVarint(Records.FORMAT_VERSION).toBytes();
    try (WriteBatch batch = new WriteBatch()) {
      batch.put(database.meta(), FORMAT, format);
      batch.put(database.meta(), IDENTITY, Records.identity(identity));
      writeSynced(batch);
    }
    return identity;
  }

  /** Whoever wrote anything wrote the format first. */
  private void requireEmpty() throws RocksDBException, MalformedException {
    if (new DirectoryMark(options.directory()).read().isPresent()) {
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

  private byte[] required(byte[] key, String what) throws RocksDBException, MalformedException {
    byte[] value = meta(key);
    if (value == null) {
      throw new MalformedException("its " + what + " is gone");
    }
    return value;
  }

  private byte[] meta(byte[] key) throws RocksDBException {
    return database.db().get(database.meta(), key);
  }

  private void check(boolean same, String what, Object found, Object expected) {
    if (!same) {
      throw new StorageException(
          "the data directory %s is of %s %s, not %s; give this node a directory of its own"
              .formatted(options.directory(), what, found, expected));
    }
  }
}
