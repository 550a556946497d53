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

  /** Its place in the table, and its part of what finds that; see {@code store.SortedStates}. */
  private static final long ENTRY_BYTES = 12;

  private static final long VERSION_BYTES = 56;

  /** Several versions: the object that holds them, and its list. */
  private static final long SIBLINGS_BYTES = 24 + 40;

  /** What finds a tombstone when its dot becomes stable. */
  private static final long TOMBSTONE_BYTES = 72;

  /**
   * The least region of the G1 collector: the end of one that the next array does not fit is lost.
   */
  private static final long REGION_BYTES = 1 << 20;

  /** Smaller arrays lose next to nothing of a region. */
  private static final long LARGE_ARRAY_BYTES = 1 << 13;

  private static final long MOST_FIXED_BYTES = 1024;

  /** A text may have two bytes a character, and be here twice. */
  private static final long MOST_FACTOR = 4;

  private DataSize() {}

  /** Returns what a key occupies with this state, in bytes; positive. */
  public static long of(KeyState state) {
    long keyBytes = string(state.key());
    long bytes = ENTRY_BYTES + version(keyBytes, state.visible());
    List<KeyVersion> losers = state.losers();
    if (!losers.isEmpty()) {
      bytes += SIBLINGS_BYTES;
      for (KeyVersion loser : losers) {
        bytes += Long.BYTES + version(keyBytes, loser);
      }
    }
    if (state.isDeleted()) {
      bytes += TOMBSTONE_BYTES;
    }
    return Math.max(bytes, tombstone(keyBytes));
  }

  /** Returns by how much the key becomes larger, in bytes; null stands for no state. */
  public static long growth(KeyState before, KeyState after) {
    return (after == null ? 0 : of(after)) - (before == null ? 0 : of(before));
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
    return ENTRY_BYTES + VERSION_BYTES + keyBytes + TOMBSTONE_BYTES;
  }

  private static long version(long keyBytes, KeyVersion version) {
    long bytes = VERSION_BYTES + keyBytes;
    if (!version.isTombstone()) {
      bytes += array(version.contentLength());
      bytes += version.ownContentType().map(DataSize::string).orElse(0L);
    }
    return bytes;
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
