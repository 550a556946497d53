package io.causa.simulation;

import io.causa.simulation.check.Observers;

/** What all parts of one simulation share. */
record World(
    Schedule schedule,
    SimulatedNetwork network,
    Observers observers,
    Trace trace,
    Tally tally,
    SimulationOptions options) {}
