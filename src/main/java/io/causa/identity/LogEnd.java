package io.causa.identity;

import java.util.OptionalLong;

/**
 * Where the write-ahead log of a directory ends, and where it must not end before.
 *
 * @param last the number of the last change that the log holds
 * @param synced the number of the last change that is known to have been on the disk; empty if the
 *     mark of it is missing or damaged
 * @param marked whether the data says that there is such a mark
 */
public record LogEnd(long last, OptionalLong synced, boolean marked) {

  /**
   * Returns whether changes that were on the disk, and that others may know of, may be missing. A
   * log that a kill or a loss of power has torn ends behind what was on the disk: nothing of the
   * torn change was acknowledged.
   */
  public boolean mayHaveLost() {
    return synced.isPresent() ? last < synced.getAsLong() : marked;
  }
}
