package io.causa.engine.stop;

import io.causa.engine.port.Loop;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the steps of a {@link StopPlan} one after the other, and goes on without a step that fails
 * or is late.
 *
 * <p>Owner: the clock, a loop that outlives all that is closed.
 */
public final class OrderlyStop {

  private static final Logger LOG = LoggerFactory.getLogger(OrderlyStop.class);

  /** What a step does. */
  public interface Steps {

    /**
     * Begins a step, on the clock; completes on any thread when the step is over.
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
  private final Loop clock;
  private final long startMillis;
  private final CompletableFuture<Void> over = new CompletableFuture<>();
  private StopPhase current;

  private OrderlyStop(StopPlan plan, Steps steps, Loop clock) {
    this.plan = plan;
    this.phases = plan.phases().iterator();
    this.steps = steps;
    this.clock = clock;
    this.startMillis = clock.nowMillis();
  }

  /** Takes all steps; completes after the last one, in time, and never fails. */
  public static CompletionStage<Void> run(StopPlan plan, Steps steps, Loop clock) {
    OrderlyStop stop = new OrderlyStop(plan, steps, clock);
    clock.run(stop::takeNext);
    return stop.over;
  }

  private void takeNext() {
    if (phases.hasNext()) {
      take(phases.next());
    } else {
      current = null;
      over.complete(null);
    }
  }

  private void take(StopPhase phase) {
    current = phase;
    long patienceMillis = plan.patienceMillis(phase, clock.nowMillis() - startMillis);
    CompletableFuture<?> step = begin(phase, patienceMillis).toCompletableFuture();
    clock.after(patienceMillis, () -> late(phase, patienceMillis, step));
    step.whenComplete((done, failure) -> clock.run(() -> ended(phase, failure)));
  }

  private CompletionStage<?> begin(StopPhase phase, long patienceMillis) {
    try {
      return steps.begin(phase, patienceMillis);
    } catch (RuntimeException | Error failure) {
      return CompletableFuture.failedStage(failure);
    }
  }

  /** A step that is over is not late, although the clock may not have come to its end yet. */
  private void late(StopPhase phase, long patienceMillis, CompletableFuture<?> step) {
    if (current == phase && !step.isDone()) {
      LOG.warn("stop: {} took longer than its {} ms; going on without it", phase, patienceMillis);
      leave(phase);
      takeNext();
    }
  }

  private void ended(StopPhase phase, Throwable failure) {
    if (current == phase) {
      if (failure != null) {
        LOG.warn("stop: {} failed; going on without it", phase, failure);
        leave(phase);
      }
      takeNext();
    }
  }

  private void leave(StopPhase phase) {
    try {
      steps.leftUndone(phase);
    } catch (RuntimeException | Error failure) {
      LOG.warn("stop: leaving {} failed, too; going on", phase, failure);
    }
  }
}
