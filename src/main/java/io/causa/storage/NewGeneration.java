package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.Renaming;
import io.causa.core.Write;
import io.causa.core.encoding.MalformedException;
import java.util.List;
import java.util.Map;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * Turns the data of an older copy into that of a new generation: own writes that nobody else has
 * get new dots, everything else stays as it is. So no write is lost, and no dot names two.
 */
final class NewGeneration {

  private static final int PAGE_BYTES = 1 << 20;

  private final RocksDatabase database;
  private final Renaming renaming;
  private final Replica old;
  private final long trusted;

  NewGeneration(RocksDatabase database, Renaming renaming) {
    this.database = database;
    this.renaming = renaming;
    this.old = renaming.old();
    this.trusted = renaming.trusted();
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
            renaming.rename(before.applied()),
            before.lamport(),
            renaming.rename(before.trimmed()),
            before.logBytes() + moreBytes);
    database.metadata().put(batch, RocksContents.POSITION, Records.position(after));
    VersionVector floor = renaming.rename(RocksContents.floor(database));
    database.metadata().put(batch, RocksContents.FLOOR, Records.vector(floor));
    return after;
  }

  private long renameLog(Position before, WriteBatch batch)
      throws RocksDBException, MalformedException {
    RocksLog log = new RocksLog(database, LogLimits.ofBytes(Long.MAX_VALUE), before, List.of());
    long last = before.applied().get(old);
    long next = Math.max(trusted, before.trimmed().get(old)) + 1;
    long moreBytes = 0;
    while (next <= last) {
      List<Write> page = log.read(old, next, last, PAGE_BYTES);
      if (page.isEmpty()) {
        throw new MalformedException("its log lacks " + new Dot(old, next));
      }
      for (Write write : page) {
        moreBytes += rename(write, batch);
      }
      next += page.size();
    }
    batch.deleteRange(
        database.log(), Records.logKey(old, trusted + 1), Records.logKey(old, last + 1));
    return moreBytes;
  }

  private long rename(Write write, WriteBatch batch) throws RocksDBException {
    Write renamed = renaming.rename(write);
    byte[] key = Records.logKey(renamed.origin(), renamed.dot().sequence());
    batch.put(database.log(), key, Records.logEntry(renamed));
    return renamed.sizeBytes() - write.sizeBytes();
  }

  private void renameStates(WriteBatch batch) throws RocksDBException, MalformedException {
    for (Map.Entry<String, KeyState> entry : RocksContents.states(database).entrySet()) {
      KeyState renamed = renaming.rename(entry.getValue());
      if (!renamed.equals(entry.getValue())) {
        batch.put(database.keys(), Records.key(entry.getKey()), Records.state(renamed));
      }
    }
  }
}
