package io.causa.engine;

import java.util.OptionalLong;

/**
 * One timer of a loop for the earliest of many deadlines; no timer while there is no deadline.
 *
 * <p>Owner: the loop.
 */
final class Deadline {

  private final Turns turns;
  private final Runnable expire;
  private long armedMillis = Long.MAX_VALUE;

  /**
   * @param expire is run when a deadline has come; what it leaves is to be armed again
   */
  Deadline(Turns turns, Runnable expire) {
    this.turns = turns;
    this.expire = expire;
  }

  /** Sees to it that the loop looks when the next deadline comes. */
  void arm(OptionalLong nextMillis) {
    if (nextMillis.isPresent() && nextMillis.getAsLong() < armedMillis) {
      armedMillis = nextMillis.getAsLong();
      turns.after(Math.max(1, armedMillis - turns.nowMillis()), this::ring);
    }
  }

  private void ring() {
    armedMillis = Long.MAX_VALUE;
    expire.run();
  }
}
