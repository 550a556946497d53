package io.causa.core.store;

import io.causa.core.DataFill;
import java.util.Optional;

/**
 * Tells once when the data nears its limit, and once when it has left that range again.
 *
 * <p>A range is left {@value #HYSTERESIS_PERCENT} points below its begin, so a count that swings
 * about a border is told once.
 *
 * <p>Owner: the store's loop.
 */
public final class DataAlarm {

  private static final int HYSTERESIS_PERCENT = 5;

  /** How full the data is, in ranges. */
  public enum Level {
    /** There is room. */
    ROOM(0),
    /** It is time to look. */
    HIGH(80),
    /** Local writes will soon be refused. */
    VERY_HIGH(95),
    /** Local writes that make the data larger are refused. */
    FULL(100),
    /** Nothing more is taken in from the peers either. */
    STOPPED(100);

    private final int fromPercent;

    Level(int fromPercent) {
      this.fromPercent = fromPercent;
    }
  }

  private Level level = Level.ROOM;
  private long refusedWrites;

  /** What the store is now, if that has changed. */
  public Optional<Level> look(DataFill fill) {
    Level now = level(fill);
    refusedWrites = fill.refusedWrites();
    if (now == level) {
      return Optional.empty();
    }
    level = now;
    return Optional.of(now);
  }

  /** The level that was told last. */
  public Level level() {
    return level;
  }

  private Level level(DataFill fill) {
    if (fill.isStopped()) {
      return Level.STOPPED;
    }
    Level reached = reached(fill);
    boolean isLeft = fill.percent() <= level.fromPercent - HYSTERESIS_PERCENT;
    boolean wasStopped = level == Level.STOPPED;
    return reached.compareTo(level) > 0 || isLeft || wasStopped ? reached : level;
  }

  private Level reached(DataFill fill) {
    if (fill.refusedWrites() > refusedWrites && fill.percent() >= Level.HIGH.fromPercent) {
      return Level.FULL;
    }
    Level reached = Level.ROOM;
    for (Level each : Level.values()) {
      if (each != Level.STOPPED && fill.percent() >= each.fromPercent) {
        reached = each;
      }
    }
    return reached;
  }
}
