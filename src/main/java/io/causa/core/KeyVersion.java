package io.causa.core;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import java.util.Objects;
import java.util.Optional;

/**
 * What one write made of one key: a value, or a tombstone.
 *
 * <p>A dot and a Lamport time are enough to converge and to tell conflict from succession, because
 * the arriving write brings its dependencies: a key keeps no vector.
 *
 * @param dot the write
 * @param lamport its Lamport time
 * @param mutation the put or delete of this key
 * @param wallTimeMillis the origin's wall time in milliseconds since 1970, for people only
 */
public record KeyVersion(Dot dot, long lamport, Mutation mutation, long wallTimeMillis) {

  private static final int OVERHEAD_BYTES = 16;

  public KeyVersion {
    Objects.requireNonNull(dot, "dot");
    Objects.requireNonNull(mutation, "mutation");
  }

  /** The version that this mutation of the write makes. */
  public static KeyVersion of(Write write, Mutation mutation) {
    return new KeyVersion(write.dot(), write.lamport(), mutation, write.wallTimeMillis());
  }

  public LamportTimestamp timestamp() {
    return new LamportTimestamp(lamport, dot.replica());
  }

  /** The value; empty for a tombstone. */
  public Optional<Value> value() {
    return mutation.value();
  }

  /** What the version counts against limits of bytes: roughly its size in a message. */
  public int sizeBytes() {
    return OVERHEAD_BYTES + mutation.sizeBytes();
  }

  public boolean isTombstone() {
    return mutation instanceof Mutation.Delete;
  }
}
