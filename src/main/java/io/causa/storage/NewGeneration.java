package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Write;
import io.causa.core.encoding.MalformedException;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Turns the data of an older copy into that of a new generation: own writes that nobody else has
 * get new dots, everything else stays as it is. So no write is lost, and no dot names two.
 *
 * <p>Right only while no other replica has one of the writes that are renamed; then none of theirs
 * can depend on them.
 */
final class NewGeneration {

  private static final int PAGE_BYTES = 1 << 20;

  private final RocksDatabase database;
  private final Replica old;
  private final Replica fresh;
  private final long trusted;

  /**
   * @param trusted the last own write that keeps its dot
   */
  NewGeneration(RocksDatabase database, Replica old, Replica fresh, long trusted) {
    this.database = database;
    this.old = old;
    this.fresh = fresh;
    this.trusted = trusted;
  }

  /** Adds to the batch whatever has to change; returns the position after it. */
  Position collect(Position before, WriteBatch batch) throws RocksDBException, MalformedException {
    if (before.applied().get(old) <= trusted) {
      return before;
    }
    long moreBytes = renameLog(before, batch);
    renameStates(batch);
    Position after =
        new Position(
            rename(before.applied()),
            before.lamport(),
            rename(before.trimmed()),
            before.logBytes() + moreBytes);
    batch.put(database.meta(), RocksContents.POSITION, Records.position(after));
    VersionVector floor = rename(RocksContents.floor(database));
    batch.put(database.meta(), RocksContents.FLOOR, Records.vector(floor));
    return after;
  }

  private long renameLog(Position before, WriteBatch batch) throws RocksDBException {
    RocksLog log = new RocksLog(database, Long.MAX_VALUE, before);
    long last = before.applied().get(old);
    long next = Math.max(trusted, before.trimmed().get(old)) + 1;
    long moreBytes = 0;
    while (next <= last) {
      for (Write write : log.read(old, next, last, PAGE_BYTES)) {
        moreBytes += rename(write, batch);
        next++;
      }
    }
    batch.deleteRange(
        database.log(), Records.logKey(old, trusted + 1), Records.logKey(old, last + 1));
    return moreBytes;
  }

  private long rename(Write write, WriteBatch batch) throws RocksDBException {
    Write renamed =
        new Write(
            rename(write.dot()),
            write.lamport(),
            rename(write.dependencies()),
            write.mutations(),
            write.wallTimeMillis());
    byte[] key = Records.logKey(fresh, renamed.dot().sequence());
    batch.put(database.log(), key, Records.logEntry(renamed));
    return renamed.sizeBytes() - write.sizeBytes();
  }

  private void renameStates(WriteBatch batch) throws RocksDBException, MalformedException {
    for (Map.Entry<String, KeyState> entry : RocksContents.states(database).entrySet()) {
      KeyState state = entry.getValue();
      KeyState renamed =
          new KeyState(rename(state.visible()), state.losers().stream().map(this::rename).toList());
      if (!renamed.equals(state)) {
        batch.put(database.keys(), Records.key(entry.getKey()), Records.state(renamed));
      }
    }
  }

  private KeyVersion rename(KeyVersion version) {
    return new KeyVersion(
        rename(version.dot()), version.lamport(), version.mutation(), version.wallTimeMillis());
  }

  private Dot rename(Dot dot) {
    return isRenamed(dot) ? new Dot(fresh, dot.sequence() - trusted) : dot;
  }

  private VersionVector rename(VersionVector vector) {
    long last = vector.get(old);
    if (last <= trusted) {
      return vector;
    }
    VersionVector kept = vector.without(old).with(rename(new Dot(old, last)));
    return trusted == 0 ? kept : kept.with(new Dot(old, trusted));
  }

  private boolean isRenamed(Dot dot) {
    return dot.replica().equals(old) && dot.sequence() > trusted;
  }
}
