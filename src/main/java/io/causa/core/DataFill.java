package io.causa.core;

/**
 * How full the store is.
 *
 * @param usedBytes what the states of all keys occupy, see {@link DataSize}
 * @param limit what they may occupy
 * @param waitingWrites how many remote writes are here and do not fit; they are applied, in their
 *     order, when there is room
 * @param refusedWrites how many local writes were refused since the start because they did not fit
 */
public record DataFill(long usedBytes, DataLimit limit, int waitingWrites, long refusedWrites) {

  private static final int WHOLE_PERCENT = 100;

  /** How much of the limit is used, in percent, rounded down; above 100 the reserve is in use. */
  public int percent() {
    return (int) (usedBytes / (double) limit.bytes() * WHOLE_PERCENT);
  }

  /** Whether nothing more is taken in: a remote write does not fit, or nothing would. */
  public boolean isStopped() {
    return waitingWrites > 0 || usedBytes > limit.withReserveBytes();
  }
}
