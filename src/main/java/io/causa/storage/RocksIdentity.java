package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Renaming;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.identity.Incarnation;
import io.causa.identity.LogEnd;
import io.causa.identity.NextStart;
import io.causa.identity.Standing;
import io.causa.identity.StartMoment;
import io.causa.identity.State;
import io.causa.identity.StoredIdentity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps in a directory what {@link io.causa.identity} knows between two runs, and carries out what
 * a start makes of it.
 */
final class RocksIdentity {

  private static final byte[] SESSION = "session".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STANDING = "standing".getBytes(StandardCharsets.US_ASCII);
  private static final int SESSION_BYTES = 10;

  private static final Logger LOG = LoggerFactory.getLogger(RocksIdentity.class);

  private final RocksDatabase database;
  private final RocksContents contents;
  private final Path directory;

  RocksIdentity(RocksDatabase database, RocksContents contents, Path directory) {
    this.database = database;
    this.contents = contents;
    this.directory = directory;
  }

  /**
   * Begins a run: raises the session and, if the data was renounced or may not be the latest, makes
   * it a new generation's. All that is durable when this returns.
   *
   * @param now gives the run its session and, if need be, its generation
   * @throws StorageException if the data must not be run again
   */
  Incarnation begin(Provenance provenance, StartMoment now)
      throws RocksDBException, MalformedException {
    Optional<String> older = provenance.mayBeOlder(contents.owner().self());
    StoredIdentity found = stored(older.isPresent(), provenance.logEnd());
    NextStart next = found.nextStart(now);
    if (next instanceof NextStart.Refuse refuse) {
      throw forked(refuse.trusted());
    }
    try (WriteBatch batch = new WriteBatch()) {
      database.metadata().upgrade(batch); // what follows in the batch replaces it
      provenance.begin(batch);
      Incarnation run;
      Replica self = found.self();
      Standing standing = found.standing();
      if (next instanceof NextStart.Rename rename) {
        warnOfNewGeneration(found, rename, older);
        becomeNewGeneration(found.self(), rename, batch);
        run = rename.run();
        self = rename.fresh();
        standing = Standing.TRUSTED;
      } else {
        run = ((NextStart.Continue) next).run();
      }
      database.metadata().put(batch, SESSION, session(run));
      contents.writeSynced(batch);
      database.metadata().requireFormat();
      provenance.begun(self, standing);
      return run;
    }
  }

  /** A run that renounced the data has said so itself. */
  private void warnOfNewGeneration(
      StoredIdentity found, NextStart.Rename next, Optional<String> older) {
    if (found.standing().state() != State.RENOUNCED) {
      LOG.warn(
          "the data directory {} becomes that of the new generation {}: {}",
          directory,
          next.fresh(),
          older.orElseThrow());
    }
  }

  private static byte[] session(Incarnation run) {
    return new ByteWriter(SESSION_BYTES).writeVarint(run.session()).toBytes();
  }

  private StoredIdentity stored(boolean mayBeOlder, LogEnd end)
      throws RocksDBException, MalformedException {
    Replica self = contents.owner().self();
    Optional<byte[]> session = contents.meta(SESSION);
    Optional<byte[]> standing = contents.meta(STANDING);
    return new StoredIdentity(
        self,
        session.isEmpty() ? 0 : new ByteReader(session.get()).readVarint(),
        end.standing(
            self, standing.isEmpty() ? Standing.TRUSTED : Records.readStanding(standing.get())),
        contents.position().applied().get(self),
        mayBeOlder,
        contents.roster().leastGeneration(self.name()));
  }

  private void becomeNewGeneration(Replica old, NextStart.Rename next, WriteBatch batch)
      throws RocksDBException, MalformedException {
    Renaming renaming = new Renaming(old, next.fresh(), next.trusted());
    new NewGeneration(database, renaming).collect(contents.position(), batch);
    Owner owner = new Owner(next.fresh(), contents.owner().clusterName());
    database.metadata().put(batch, RocksContents.OWNER, Records.owner(owner));
    database.metadata().put(batch, STANDING, Records.standing(Standing.TRUSTED));
  }

  private StorageException forked(long trusted) {
    return new StorageException(
        "the data directory %s is an older copy of itself, and has given dots after its own write %d to other writes than it did before; both have spread. Keep it for comparison, and start this node with an empty directory: it gets everything from its peers"
            .formatted(directory, trusted));
  }

  /**
   * Lets the data know that it is a copy: the next run is a new generation's.
   *
   * @param original where the log of the original ends
   * @return what is applied
   * @throws StorageException if the original has forked
   */
  static VersionVector markAsCopy(RocksDatabase copy, Path directory, LogEnd original)
      throws RocksDBException, MalformedException {
    RocksContents contents =
        new RocksContents(
            copy, new RocksStorage.Options(directory, RocksStorage.Durability.FSYNC, 0, "", ""));
    copy.metadata().requireFormat();
    RocksIdentity identity = new RocksIdentity(copy, contents, directory);
    StoredIdentity found = identity.stored(false, original);
    if (found.standing().state() == State.FORKED) {
      throw identity.forked(found.standing().trusted());
    }
    identity.stand(found.ofCopy());
    copy.metadata().requireFormat();
    return contents.position().applied();
  }

  /** Makes the standing durable. */
  void stand(Standing standing) throws RocksDBException {
    try (WriteBatch batch = new WriteBatch()) {
      database.metadata().upgrade(batch);
      database.metadata().put(batch, STANDING, Records.standing(standing));
      contents.writeSynced(batch);
    }
  }
}
