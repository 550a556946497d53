package io.causa.simulation;

import io.causa.core.DataLimit;
import io.causa.history.HistoryEvent;
import io.causa.simulation.check.Observers;
import java.util.List;

/** What all parts of one simulation share. */
record World(
    Schedule schedule,
    SimulatedNetwork network,
    Observers observers,
    Trace trace,
    Tally tally,
    SimulationOptions options,
    List<HistoryEvent> history,
    EndedGenerations ended) {

  /** The same with room for any data. */
  World withRoom() {
    SimulationOptions roomy = options.withStore(options.store().withData(DataLimit.NONE));
    return new World(schedule, network, observers, trace, tally, roomy, history, ended);
  }
}
