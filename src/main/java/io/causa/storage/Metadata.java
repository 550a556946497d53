package io.causa.storage;

import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Envelope;
import io.causa.core.encoding.Fields;
import io.causa.core.encoding.Format;
import io.causa.core.encoding.MalformedException;
import io.causa.membership.Feature;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.WriteBatch;

/**
 * The few records that say whose a directory is and where it stands, each by its name, and the one
 * that says what a reader of the directory must know.
 *
 * <p>Since format 2 each record stands in an {@link Envelope}. A directory of format 1, where they
 * stood alone, is read, and becomes one of format 2 before anything is written to it: these records
 * with the first batch of the run. Log entries and key states stay as they are; see {@link
 * Records}.
 *
 * <p>Thread-safe after {@link #upgrade}.
 */
final class Metadata {

  /** What this version writes; raised when older versions must not open what it wrote. */
  static final int LATEST = 2;

  private static final int EARLIEST = 1;
  private static final byte[] FORMAT = "format".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FORMAT_1 = {1};
  private static final byte[] EMPTY = {};

  private final RocksDB db;
  private final ColumnFamilyHandle family;
  private final Format directory;
  private volatile boolean isEnveloped = true;

  /** The content of a record. */
  record Found(byte[] body, Fields fields) {}

  /**
   * @param directory what the directory is called
   */
  Metadata(RocksDB db, ColumnFamilyHandle family, String directory) {
    this.db = db;
    this.family = family;
    this.directory = new Format(directory, EARLIEST, LATEST, Feature.known());
  }

  /** Returns whether the directory has a format; else it has to be empty. */
  boolean hasFormat() throws RocksDBException {
    return db.get(family, FORMAT) != null;
  }

  /**
   * Looks at the format, before anything else is read.
   *
   * @throws io.causa.core.encoding.UnsupportedException if a later version wrote the directory, or
   *     one with a feature that this version does not know
   */
  void requireFormat() throws RocksDBException, MalformedException {
    byte[] found = db.get(family, FORMAT);
    if (found == null) {
      throw new MalformedException("its format is gone");
    }
    isEnveloped = !Arrays.equals(found, FORMAT_1);
    if (isEnveloped) {
      Envelope.read(new ByteReader(found), directory);
    }
  }

  /** Begins a directory. */
  void begin(WriteBatch batch) throws RocksDBException {
    batch.put(family, FORMAT, envelope(Format.NO_FEATURES, EMPTY, Fields.NONE));
  }

  /** Notes for all later runs that a reader of the directory must know the feature. */
  void need(WriteBatch batch, Feature feature) throws RocksDBException, MalformedException {
    SortedSet<String> required = new TreeSet<>(required());
    if (required.add(feature.text())) {
      batch.put(family, FORMAT, envelope(required, EMPTY, Fields.NONE));
    }
  }

  /** Returns what a reader of the directory must know. */
  SortedSet<String> required() throws RocksDBException, MalformedException {
    return isEnveloped
        ? Envelope.read(new ByteReader(db.get(family, FORMAT)), directory).required()
        : Format.NO_FEATURES;
  }

  /**
   * Adds to the batch what makes this directory one of the latest format, if it is of an earlier
   * one. {@link #requireFormat} is to be called once that is written.
   */
  void upgrade(WriteBatch batch) throws RocksDBException {
    if (isEnveloped) {
      return;
    }
    try (RocksIterator records = db.newIterator(family)) {
      for (records.seekToFirst(); records.isValid(); records.next()) {
        put(batch, records.key(), records.value());
      }
      records.status();
    }
    begin(batch);
  }

  /** Returns a record's content. */
  Optional<Found> find(byte[] name) throws RocksDBException, MalformedException {
    byte[] bytes = db.get(family, name);
    if (bytes == null || !isEnveloped) {
      return Optional.ofNullable(bytes).map(body -> new Found(body, Fields.NONE));
    }
    Envelope envelope = Envelope.read(new ByteReader(bytes), Records.FORMAT);
    return Optional.of(new Found(envelope.body().readRest(), envelope.fields()));
  }

  /** Returns the body of a record. */
  Optional<byte[]> body(byte[] name) throws RocksDBException, MalformedException {
    return find(name).map(Found::body);
  }

  /** Adds a record to the batch. */
  void put(WriteBatch batch, byte[] name, byte[] body) throws RocksDBException {
    put(batch, name, body, Fields.NONE);
  }

  /** Adds a record to the batch, with what a reader may pass over. */
  void put(WriteBatch batch, byte[] name, byte[] body, Fields fields) throws RocksDBException {
    batch.put(family, name, envelope(Format.NO_FEATURES, body, fields));
  }

  private static byte[] envelope(Set<String> required, byte[] body, Fields fields) {
    ByteWriter out = new ByteWriter(body.length + 2 * Long.BYTES);
    Envelope.write(out, LATEST, required, body, fields);
    return out.toBytes();
  }
}
