package io.causa.node;

import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of a {@link StopPlan} one after the other, and goes on without a step that fails
 * or is late. Time comes from the JDK: the timers of Vert.x are among what is closed, and what
 * hangs may hang with its threads.
 *
 * <p>Owner: whichever thread ends the step before; never two at once.
 */
final class OrderlyStop {

  private static final Logger LOG = LoggerFactory.getLogger(OrderlyStop.class);

  /** What a step does. */
  interface Steps {

    /**
     * Begins a step, on any thread; completes when it is over.
     *
     * @param patienceMillis how long it is waited for
     */
    CompletionStage<?> begin(StopPhase phase, long patienceMillis);

    /** A step took too long or failed, and the next one begins. */
    void leftUndone(StopPhase phase);
  }

  private final StopPlan plan;
  private final Iterator<StopPhase> phases;
  private final Steps steps;
  private final long startMillis = MonotonicClock.millis();
  private final CompletableFuture<Void> over = new CompletableFuture<>();

  private OrderlyStop(StopPlan plan, Steps steps) {
    this.plan = plan;
    this.phases = plan.phases().iterator();
    this.steps = steps;
  }

  /** Completes after the last step, in time; never fails. */
  static CompletionStage<Void> run(StopPlan plan, Steps steps) {
    OrderlyStop stop = new OrderlyStop(plan, steps);
    stop.takeNext();
    return stop.over;
  }

  private void takeNext() {
    if (phases.hasNext()) {
      take(phases.next());
    } else {
      over.complete(null);
    }
  }

  private void take(StopPhase phase) {
    long patienceMillis = plan.patienceMillis(phase, MonotonicClock.millis() - startMillis);
    begin(phase, patienceMillis)
        .thenApply(done -> null)
        .toCompletableFuture()
        .orTimeout(patienceMillis, TimeUnit.MILLISECONDS)
        .whenComplete((done, failure) -> ended(phase, patienceMillis, failure));
  }

  private CompletionStage<?> begin(StopPhase phase, long patienceMillis) {
    try {
      return steps.begin(phase, patienceMillis);
    } catch (RuntimeException failure) {
      return CompletableFuture.failedStage(failure);
    }
  }

  private void ended(StopPhase phase, long patienceMillis, Throwable failure) {
    LOG.debug("stop: {} ended", phase);
    if (failure instanceof TimeoutException) {
      LOG.warn("stop: {} took longer than its {} ms; going on without it", phase, patienceMillis);
    } else if (failure != null) {
      LOG.warn("stop: {} failed; going on without it", phase, failure);
    }
    if (failure != null) {
      steps.leftUndone(phase);
    }
    takeNext();
  }
}
