package io.causa.engine;

import io.causa.core.DataFill;
import io.causa.core.store.DataAlarm;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Warns people early that the data nears its limit, and lets any thread see whether the peers'
 * writes are taken in.
 *
 * <p>Owner: the store's loop, but for {@link #takesIn}.
 */
final class DataWatch {

  private static final Logger LOG = LoggerFactory.getLogger(DataWatch.class);
  private static final long LOG_AGAIN_MILLIS = 60_000;

  private final DataAlarm alarm = new DataAlarm();
  private final long[] loggedMillis = new long[DataAlarm.Level.values().length];
  private volatile boolean takesIn = true;

  /** Whether what peers write is taken in. */
  boolean takesIn() {
    return takesIn;
  }

  /** To be told after each change. */
  void look(DataFill fill, long nowMillis) {
    takesIn = !fill.isStopped();
    alarm.look(fill).ifPresent(level -> tell(level, fill, nowMillis));
  }

  /** The store may swing between two levels while somebody deletes: each is told once a minute. */
  private void tell(DataAlarm.Level level, DataFill fill, long nowMillis) {
    long lastMillis = loggedMillis[level.ordinal()];
    if (lastMillis == 0 || nowMillis - lastMillis >= LOG_AGAIN_MILLIS) {
      loggedMillis[level.ordinal()] = Math.max(1, nowMillis);
      log(level, describe(fill));
    }
  }

  private static void log(DataAlarm.Level level, String fill) {
    switch (level) {
      case ROOM -> LOG.info("the data has room again: {}", fill);
      case HIGH, VERY_HIGH ->
          LOG.warn(
              "the data nears its limit: {}; beyond it writes are refused. Delete keys, or raise store.dataBytes and the heap (-Xmx)",
              fill);
      case FULL ->
          LOG.warn(
              "the data is at its limit: {}; writes that need more are refused (507), deletes pass. Delete keys, or raise store.dataBytes and the heap (-Xmx)",
              fill);
      case STOPPED ->
          LOG.error(
              "the data is beyond its limit: {}; the writes of the peers do not fit and stay with them until there is room. This node is not ready. Delete keys here, or start it with a larger store.dataBytes and heap (-Xmx)",
              fill);
    }
  }

  private static String describe(DataFill fill) {
    return "%d of %d bytes (store.dataBytes), %d %%, with a reserve of %d for replicated writes"
        .formatted(
            fill.usedBytes(), fill.limit().bytes(), fill.percent(), fill.limit().reserveBytes());
  }

  /** Why the node is not ready; empty if its data is not the reason. */
  static String notReady(DataFill fill) {
    return fill.isStopped()
        ? "its data is beyond its limit, so the writes of the peers do not fit: "
            + describe(fill)
            + ". Delete keys here, or start it with a larger store.dataBytes and heap (-Xmx)"
        : "";
  }
}
