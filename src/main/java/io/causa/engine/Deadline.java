package io.causa.engine;

import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/**
 * Timers of a loop for the earliest of many deadlines; no timer while there is no deadline.
 *
 * <p>Owner: the loop. Bound: a timer is set only for a deadline before all that are set.
 */
final class Deadline {

  private final Turns turns;
  private final Runnable expire;
  private final NavigableSet<Long> armedMillis = new TreeSet<>();

  /**
   * @param expire is run when a deadline has come; what it leaves is to be armed again
   */
  Deadline(Turns turns, Runnable expire) {
    this.turns = turns;
    this.expire = expire;
  }

  /** Sees to it that the loop looks when the next deadline comes. */
  void arm(OptionalLong nextMillis) {
    if (nextMillis.isPresent() && isEarlier(nextMillis.getAsLong())) {
      long millis = nextMillis.getAsLong();
      armedMillis.add(millis);
      turns.after(Math.max(1, millis - turns.nowMillis()), () -> ring(millis));
    }
  }

  private boolean isEarlier(long millis) {
    return armedMillis.isEmpty() || millis < armedMillis.first();
  }

  private void ring(long millis) {
    armedMillis.remove(millis);
    expire.run();
  }
}
