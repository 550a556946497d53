package io.causa.core;

/**
 * How much the states of all keys may occupy, in bytes as {@link DataSize} counts them.
 *
 * @param bytes beyond this no local write makes the data larger
 * @param reserveBytes what replicated writes, and held writes that were promised to a client, may
 *     take beyond that; beyond the reserve nothing more is taken in
 */
public record DataLimit(long bytes, long reserveBytes) {

  /** No limit, for a store whose data is small. */
  public static final DataLimit NONE = new DataLimit(Long.MAX_VALUE / 2, 0);

  public DataLimit {
    if (bytes < 1 || reserveBytes < 0) {
      throw new IllegalArgumentException(
          "no room for data: " + bytes + " bytes and a reserve of " + reserveBytes);
    }
  }

  /**
   * What the data and a snapshot on its way here may occupy together: a replica without data has
   * room for a whole one, and one that is full for half as much again as it holds.
   */
  public long withSnapshotBytes() {
    return withReserveBytes() + bytes / 2;
  }

  /** What must not be exceeded by whatever is taken in. */
  public long withReserveBytes() {
    return bytes + reserveBytes;
  }
}
