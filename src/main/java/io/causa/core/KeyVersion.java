package io.causa.core;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one write made of one key: a value, or a tombstone. Alone, it is the state of a key that has
 * no other version.
 *
 * <p>A dot and a Lamport time are enough to converge and to tell conflict from succession, because
 * the arriving write brings its dependencies: a key keeps no vector.
 *
 * <p>A store has one of these for each key, so it is flat: it makes its dot, its mutation and its
 * value when they are asked for, and shares the names of replicas and content types.
 */
public final class KeyVersion implements KeyState {

  private static final int OVERHEAD_BYTES = 16;
  private static final Interner<Replica> REPLICAS = new Interner<>(1 << 16);
  private static final Interner<String> CONTENT_TYPES = new Interner<>(1 << 10);

  private final Replica origin;
  private final long sequence;
  private final long lamport;
  private final long wallTimeMillis;
  private final String key;

  /** The value; null for a tombstone. */
  private final byte[] content;

  private final String contentType;
  private final boolean ownContentType;

  /**
   * @param dot the write
   * @param lamport its Lamport time
   * @param mutation the put or delete of this key
   * @param wallTimeMillis the origin's wall time in milliseconds since 1970, for people only
   */
  public KeyVersion(Dot dot, long lamport, Mutation mutation, long wallTimeMillis) {
    this.origin = REPLICAS.intern(dot.replica());
    this.sequence = dot.sequence();
    this.lamport = lamport;
    this.wallTimeMillis = wallTimeMillis;
    this.key = mutation.key();
    if (mutation instanceof Mutation.Put put) {
      this.content = put.written().bytes().unsafeArray();
      this.contentType = CONTENT_TYPES.intern(put.written().contentType());
    } else {
      this.content = null;
      this.contentType = null;
    }
    this.ownContentType = contentType != null && !CONTENT_TYPES.isInterned(contentType);
  }

  /** The version that this mutation of the write makes. */
  public static KeyVersion of(Write write, Mutation mutation) {
    return new KeyVersion(write.dot(), write.lamport(), mutation, write.wallTimeMillis());
  }

  /** Returns the name of the write. */
  public Dot dot() {
    return new Dot(origin, sequence);
  }

  /** Returns the Lamport time of the write. */
  public long lamport() {
    return lamport;
  }

  /** Returns the origin's wall time in milliseconds since 1970, for people only. */
  public long wallTimeMillis() {
    return wallTimeMillis;
  }

  @Override
  public String key() {
    return key;
  }

  /** Returns the put or delete of this key. */
  public Mutation mutation() {
    return content == null ? new Mutation.Delete(key) : new Mutation.Put(key, written());
  }

  public LamportTimestamp timestamp() {
    return new LamportTimestamp(lamport, origin);
  }

  /** The value; empty for a tombstone. */
  public Optional<Value> value() {
    return content == null ? Optional.empty() : Optional.of(written());
  }

  private Value written() {
    return new Value(Bytes.wrap(content), contentType);
  }

  public boolean isTombstone() {
    return content == null;
  }

  /** Whether the write is included in the vector. */
  boolean isIn(VersionVector vector) {
    return vector.get(origin) >= sequence;
  }

  /** Returns how long the value is, in bytes; 0 for a tombstone. */
  int contentLength() {
    return content == null ? 0 : content.length;
  }

  /** Returns the content type if only this version keeps it in memory. */
  Optional<String> ownContentType() {
    return ownContentType ? Optional.of(contentType) : Optional.empty();
  }

  @Override
  public KeyVersion visible() {
    return this;
  }

  @Override
  public List<KeyVersion> losers() {
    return List.of();
  }

  @Override
  public List<KeyVersion> versions() {
    return List.of(this);
  }

  @Override
  public List<KeyVersion> concurrentWith(VersionVector seen) {
    return isIn(seen) ? List.of() : List.of(this);
  }

  @Override
  public boolean has(KeyVersion version) {
    return equals(version);
  }

  /** What the version counts against limits of bytes: roughly its size in a message. */
  @Override
  public int sizeBytes() {
    return OVERHEAD_BYTES + mutation().sizeBytes();
  }

  @Override
  public boolean equals(Object object) {
    return this == object
        || object instanceof KeyVersion other
            && sequence == other.sequence
            && lamport == other.lamport
            && wallTimeMillis == other.wallTimeMillis
            && origin.equals(other.origin)
            && key.equals(other.key)
            && Objects.equals(contentType, other.contentType)
            && Arrays.equals(content, other.content);
  }

  @Override
  public int hashCode() {
    return Objects.hash(origin, sequence, key);
  }

  @Override
  public String toString() {
    return dot() + " at " + lamport + ": " + mutation();
  }
}
