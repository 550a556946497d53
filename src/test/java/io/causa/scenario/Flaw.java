package io.causa.scenario;

/** What a fake cluster does wrong. */
enum Flaw {
  NONE,
  /** Shows writes as they arrive, causes or not. */
  FORGETS_DEPENDENCIES,
  /** Answers at once, whatever context a request carries. */
  FORGETS_CONTEXTS,
  /** Lets the version win that arrived last. */
  ARRIVAL_WINS,
  /** Keeps no record of versions that lost. */
  HIDES_CONFLICTS,
  /** Loses every third write on its way to others, forever. */
  LOSES_WRITES,
  /** Gives the same version to two writes. */
  REUSES_VERSIONS,
  /** Counts a received write as its own. */
  CLOCK_RUNS_AHEAD,
  /** Takes link faults and does nothing with them. */
  IGNORES_FAULTS,
  /** Was not started for link faults. */
  REFUSES_FAULTS
}
