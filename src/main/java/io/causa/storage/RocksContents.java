package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.core.KeyState;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/** What a directory holds when it is opened, and whose it is. */
final class RocksContents {

  private static final byte[] FORMAT = "format".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] IDENTITY = "identity".getBytes(StandardCharsets.US_ASCII);
  static final byte[] POSITION = "position".getBytes(StandardCharsets.US_ASCII);

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
      return newIdentity(generation.getAsLong());
    }
    long version = new ByteReader(format).readVarint();
    check(version == Records.FORMAT_VERSION, "format", version, Records.FORMAT_VERSION);
    Identity identity = Records.readIdentity(meta(IDENTITY));
    check(
        identity.clusterName().equals(options.clusterName()),
        "cluster",
        identity.clusterName(),
        options.clusterName());
    String name = identity.self().name();
    check(name.equals(options.name()), "node", name, options.name());
    return identity;
  }

  Position position() throws RocksDBException, MalformedException {
    byte[] position = meta(POSITION);
    return position == null ? Position.START : Records.readPosition(position);
  }

  Map<String, KeyState> states() throws RocksDBException, MalformedException {
    Map<String, KeyState> states = new HashMap<>();
    try (RocksIterator entries = database.db().newIterator(database.keys())) {
      for (entries.seekToFirst(); entries.isValid(); entries.next()) {
        String key = Records.readKey(entries.key());
        states.put(key, Records.readState(key, entries.value()));
      }
      entries.status();
    }
    return states;
  }

  private Identity newIdentity(long generation) throws RocksDBException {
    Identity identity =
        new Identity(new Replica(options.name(), generation), options.clusterName());
    byte[] format = new ByteWriter(1).writeVarint(Records.FORMAT_VERSION).toBytes();
    try (WriteBatch batch = new WriteBatch();
        WriteOptions sync = new WriteOptions().setSync(true)) {
      batch.put(database.meta(), FORMAT, format);
      batch.put(database.meta(), IDENTITY, Records.identity(identity));
      database.db().write(sync, batch);
    }
    return identity;
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
