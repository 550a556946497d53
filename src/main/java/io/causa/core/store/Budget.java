package io.causa.core.store;

import java.util.Optional;

/**
 * How much of one kind may be kept: a number of things, and their bytes on the heap.
 *
 * <p>A thing that alone is larger than all the bytes has room as long as nothing else is there, so
 * that a small limit never shuts out what the other limits allow.
 *
 * <p>Owner: one loop.
 */
final class Budget {

  private final String countLimit;
  private final int mostCount;
  private final String bytesLimit;
  private final long mostBytes;
  private int count;
  private long bytes;

  /**
   * @param countLimit the name of the setting that limits the number
   * @param bytesLimit the name of the setting that limits the bytes
   */
  Budget(String countLimit, int mostCount, String bytesLimit, long mostBytes) {
    this.countLimit = countLimit;
    this.mostCount = mostCount;
    this.bytesLimit = bytesLimit;
    this.mostBytes = mostBytes;
  }

  /** Reserves room for one thing of that size; returns the name of the limit if there is none. */
  Optional<String> reserve(long size) {
    if (count >= mostCount) {
      return Optional.of(countLimit);
    }
    if (count > 0 && bytes + size > mostBytes) {
      return Optional.of(bytesLimit);
    }
    count++;
    bytes += size;
    return Optional.empty();
  }

  /** Gives back the room of one thing of that size. */
  void giveBack(long size) {
    giveBack(1, size);
  }

  /** Gives back the room of several things that had so many bytes together. */
  void giveBack(int things, long size) {
    if (things > count || size > bytes) {
      throw new IllegalStateException(
          "%d things of %d bytes cannot leave a budget of %d things and %d bytes (%s)"
              .formatted(things, size, count, bytes, bytesLimit));
    }
    count -= things;
    bytes -= size;
  }

  /** Returns how many things have room reserved. */
  int count() {
    return count;
  }

  /** Returns how many bytes are reserved. */
  long bytes() {
    return bytes;
  }
}
