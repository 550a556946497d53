package io.causa.engine.stop;

import java.util.Arrays;
import java.util.List;

/**
 * Which steps an orderly stop takes, and how long each may take. The storage is closed in any plan.
 *
 * <p>Pure: time is passed in.
 *
 * @param phases the steps, in their order
 * @param stopMillis the deadline of all of them together, from the first on
 */
public record StopPlan(List<StopPhase> phases, long stopMillis) {

  private static final long LEAST_MILLIS = 1;

  /**
   * @param serving whether the node serves clients: a node that never did, or whose invariants
   *     broke, has nobody to wait for and nothing to send
   */
  public static StopPlan of(boolean serving, long stopMillis) {
    return new StopPlan(
        Arrays.stream(StopPhase.values())
            .filter(phase -> serving || !phase.isForClients())
            .toList(),
        stopMillis);
  }

  /**
   * How long the step may take if it begins now, in milliseconds. A step whose time is over already
   * is begun nevertheless, but not waited for: so each is tried, however late it is.
   *
   * @param elapsedMillis since the stop began
   */
  public long patienceMillis(StopPhase phase, long elapsedMillis) {
    return Math.max(LEAST_MILLIS, stopMillis * phase.percent() / 100 - elapsedMillis);
  }
}
