package io.causa.simulation;

import io.causa.simulation.check.Verdict;
import java.util.Optional;

/**
 * A broken promise.
 *
 * @param rule its short name
 * @param text what is wrong
 */
record Failure(String rule, String text) {

  /** Plays a run; returns what is wrong, empty if nothing is. */
  static Optional<Failure> of(Runnable run) {
    try {
      run.run();
      return Optional.empty();
    } catch (Verdict verdict) {
      return Optional.of(new Failure(verdict.rule(), verdict.getMessage()));
    } catch (RuntimeException broken) {
      return Optional.of(new Failure("fail-stop", Broken.describe(broken)));
    }
  }
}
