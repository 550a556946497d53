package io.causa.storage;

/**
 * How much log is kept for those that lack it.
 *
 * @param bytes the most bytes of writes, about; the newest write stays whatever its size
 * @param ageMillis writes that were applied longer ago go, whoever lacks them
 */
public record LogLimits(long bytes, long ageMillis) {

  /** A limit of bytes only. */
  public static LogLimits ofBytes(long bytes) {
    return new LogLimits(bytes, Long.MAX_VALUE);
  }
}
