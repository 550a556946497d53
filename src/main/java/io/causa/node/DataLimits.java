package io.causa.node;

import io.causa.core.DataLimit;
import io.causa.node.config.ConfigException;
import io.causa.node.config.NodeConfig;

/** Derives how large the data may become from the settings and the heap. */
final class DataLimits {

  private static final int LIMIT_PERCENT = 36;
  private static final int RESERVE_PERCENT = 4;

  /** Beyond it a start is refused: what is left is needed for everything else. */
  private static final int MOST_PERCENT = 70;

  private static final long WHOLE_PERCENT = 100;

  private DataLimits() {}

  /**
   * The limit for this process.
   *
   * @throws ConfigException if the heap is too small for what is asked for
   */
  static DataLimit of(NodeConfig.Store settings) {
    return of(settings, Runtime.getRuntime().maxMemory());
  }

  static DataLimit of(NodeConfig.Store settings, long heapBytes) {
    long bytes = orShare(settings.dataBytes(), LIMIT_PERCENT, heapBytes);
    DataLimit limit =
        new DataLimit(bytes, orShare(settings.dataReserveBytes(), RESERVE_PERCENT, heapBytes));
    if (limit.withReserveBytes() > mostBytes(heapBytes)) {
      throw new ConfigException(
          "store.dataBytes",
          "store.dataBytes is %d and store.dataReserveBytes %d, together more than %d %% of the heap, which has %d bytes; give the node a larger heap (-Xmx%dm) or less data"
              .formatted(
                  limit.bytes(),
                  limit.reserveBytes(),
                  MOST_PERCENT,
                  heapBytes,
                  heapMebibytes(limit.withReserveBytes())));
    }
    return limit;
  }

  /** The most data with which a node can start at all, in bytes. */
  static long mostBytes(long heapBytes) {
    return share(MOST_PERCENT, heapBytes);
  }

  /** The least heap in MiB with which a node with so much data can start. */
  static long heapMebibytes(long dataBytes) {
    return (dataBytes * WHOLE_PERCENT / MOST_PERCENT >> 20) + 1;
  }

  private static long orShare(long configuredBytes, int percent, long heapBytes) {
    return configuredBytes > 0 ? configuredBytes : share(percent, heapBytes);
  }

  private static long share(int percent, long heapBytes) {
    return heapBytes / WHOLE_PERCENT * percent;
  }
}
