package io.causa.scenario;

import java.util.List;

/** The verdicts of one run, in the order of play. */
public record Summary(List<Verdict> verdicts) {
  public Summary {
    verdicts = List.copyOf(verdicts);
  }

  /** Whether no scenario failed. One that was skipped has not failed. */
  public boolean passed() {
    return count(Verdict.Outcome.FAILED) == 0;
  }

  public long count(Verdict.Outcome outcome) {
    return verdicts.stream().filter(verdict -> verdict.outcome() == outcome).count();
  }
}
