package io.causa.core;

import io.causa.clock.VersionVector;

/**
 * Estimates how many bytes of heap things occupy, so that limits of bytes hold on a small heap,
 * too.
 *
 * <p>The figures are those of a 64-bit JVM with compressed pointers, rounded up. The G1 collector
 * gives a large array whole regions of its own, which have 1 MiB in heaps below 4 GiB.
 */
public final class HeapSize {

  /**
   * A request that waits: its entries in the indexes, its promise, its callbacks and, of a client
   * that waits, its HTTP exchange.
   */
  public static final int REQUEST_BYTES = 1024;

  /** A write in a log or a buffer: the objects around its mutations, and its place in an index. */
  static final int WRITE_BYTES = 256;

  private static final int MUTATION_BYTES = 64;
  private static final int ARRAY_HEADER_BYTES = 16;
  private static final int TEXT_BYTES = 40;
  private static final int VECTOR_BYTES = 64;

  /** A replica that only this vector names, its name of at most 32 characters, and its count. */
  private static final int ENTRY_BYTES = 128;

  private static final long REGION_BYTES = 1 << 20;

  private HeapSize() {}

  /** Returns the size of a byte array of that length. */
  static long ofArray(long length) {
    long bytes = length + ARRAY_HEADER_BYTES;
    return bytes < REGION_BYTES / 2
        ? bytes
        : (bytes + REGION_BYTES - 1) / REGION_BYTES * REGION_BYTES;
  }

  /** Returns the size of a text whose characters may be outside Latin-1. */
  static long ofText(String text) {
    return TEXT_BYTES + 2L * text.length();
  }

  /** Returns the size of a mutation with its key and value. */
  static long of(Mutation mutation) {
    long ofValue = mutation instanceof Mutation.Put put ? of(put.written()) : 0;
    return MUTATION_BYTES + ofText(mutation.key()) + ofValue;
  }

  private static long of(Value value) {
    return ofArray(value.bytes().length()) + ofText(value.contentType());
  }

  /** Returns the size of a vector whose replicas may be named nowhere else: a client's context. */
  public static long of(VersionVector vector) {
    return VECTOR_BYTES + (long) ENTRY_BYTES * vector.size();
  }
}
