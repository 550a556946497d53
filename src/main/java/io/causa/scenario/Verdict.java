package io.causa.scenario;

import io.causa.history.HistoryEvent;
import java.util.List;

/**
 * How a scenario ended.
 *
 * @param checks expectations held, and promises that its history was held against
 * @param reasons why it failed or was skipped; empty if it passed
 * @param history what its clients saw
 */
public record Verdict(
    String scenario,
    Outcome outcome,
    int steps,
    int checks,
    long millis,
    List<String> reasons,
    List<HistoryEvent> history) {

  /** The three ends that a scenario can have. */
  public enum Outcome {
    PASSED,
    FAILED,
    /** The cluster lacks what the scenario needs. */
    SKIPPED
  }

  public Verdict {
    reasons = List.copyOf(reasons);
    history = List.copyOf(history);
  }

  static Verdict skipped(Scenario scenario, String reason) {
    return new Verdict(scenario.name(), Outcome.SKIPPED, 0, 0, 0, List.of(reason), List.of());
  }
}
