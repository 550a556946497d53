package io.causa.core;

import java.util.List;

/**
 * How much heap the state of a key occupies: an upper estimate for a 64-bit JVM with compressed
 * references, in bytes.
 *
 * <p>A sum over the objects that a key keeps alive, as measured ({@code docs/design.md}). Every key
 * counts at least what its tombstone would, so that a delete of a key that has a state never makes
 * the data larger.
 */
public final class DataSize {

  private static final long ARRAY_HEADER_BYTES = 16;
  private static final long STRING_BYTES = 24;
  private static final char LATIN1 = 0xFF;

  /** A node of the skip list, and its part of the index above it. */
  private static final long ENTRY_BYTES = 40;

  /** The key's state and the one list that it may have. */
  private static final long STATE_BYTES = 24;

  private static final long LIST_BYTES = 40;

  /** A version, its mutation, its dot, and a replica that may be the dot's own. */
  private static final long VERSION_BYTES = 40 + 24 + 24 + 72;

  /** A value and what holds its bytes. */
  private static final long VALUE_BYTES = 24 + 16;

  /** What finds a tombstone when its dot becomes stable. */
  private static final long TOMBSTONE_BYTES = 232;

  /**
   * The least region of the G1 collector: the end of one that the next array does not fit is lost.
   */
  private static final long REGION_BYTES = 1 << 20;

  /** Smaller arrays lose next to nothing of a region. */
  private static final long LARGE_ARRAY_BYTES = 1 << 13;

  private static final long MOST_FIXED_BYTES = 1024;

  /** A key may be here twice, in two bytes a character. */
  private static final long MOST_FACTOR = 4;

  private DataSize() {}

  /** What the key occupies with this state, in bytes; positive. */
  public static long of(String key, KeyState state) {
    long keyBytes = string(key);
    long bytes = ENTRY_BYTES + keyBytes + STATE_BYTES + version(keyBytes, state.visible());
    if (!state.losers().isEmpty()) {
      bytes += LIST_BYTES;
      for (KeyVersion loser : state.losers()) {
        bytes += Long.BYTES + version(keyBytes, loser);
      }
    }
    if (state.isDeleted()) {
      bytes += TOMBSTONE_BYTES;
    }
    return Math.max(bytes, tombstone(keyBytes));
  }

  /** Returns by how much the key becomes larger, in bytes; null stands for no state. */
  public static long growth(String key, KeyState before, KeyState after) {
    return (after == null ? 0 : of(key, after)) - (before == null ? 0 : of(key, before));
  }

  /** Returns more bytes than these mutations can ever make their keys larger by; cheap to tell. */
  public static long mostGrowth(List<Mutation> mutations) {
    long bytes = 0;
    for (Mutation mutation : mutations) {
      bytes += MOST_FIXED_BYTES + MOST_FACTOR * mutation.sizeBytes();
    }
    return bytes;
  }

  private static long tombstone(long keyBytes) {
    return ENTRY_BYTES + 2 * keyBytes + STATE_BYTES + VERSION_BYTES + TOMBSTONE_BYTES;
  }

  private static long version(long keyBytes, KeyVersion version) {
    return VERSION_BYTES
        + keyBytes
        + (version.mutation() instanceof Mutation.Put put ? value(put.written()) : 0);
  }

  private static long value(Value value) {
    long type = STRING_BYTES + array(value.contentType().length());
    return VALUE_BYTES + array(value.bytes().length()) + type;
  }

  /** The JVM keeps a text in one byte a character if it can, else in two. */
  private static long string(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      if (text.charAt(i) > LATIN1) {
        return STRING_BYTES + array(2L * length);
      }
    }
    return STRING_BYTES + array(length);
  }

  private static long array(long length) {
    long bytes = ARRAY_HEADER_BYTES + length;
    if (bytes < LARGE_ARRAY_BYTES) {
      return roundedUp(bytes, Long.BYTES);
    }
    // An array of more than half a region gets regions of its own.
    return bytes > REGION_BYTES / 2
        ? roundedUp(bytes, REGION_BYTES)
        : REGION_BYTES / (REGION_BYTES / bytes);
  }

  private static long roundedUp(long bytes, long unit) {
    return (bytes + unit - 1) / unit * unit;
  }
}
