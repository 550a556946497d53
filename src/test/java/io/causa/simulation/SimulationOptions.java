package io.causa.simulation;

import io.causa.core.CausalBuffer;
import io.causa.core.store.StoreLimits;
import io.causa.engine.TurnLimits;
import io.causa.replication.ReplicationSettings;

/**
 * The limits under which simulated nodes run.
 *
 * @param mostCommitMicros how long a commit takes at the most
 * @param turn how much one turn of a loop takes
 */
record SimulationOptions(
    ReplicationSettings replication,
    CausalBuffer.Limits buffer,
    StoreLimits store,
    long logBytes,
    Durability durability,
    long mostCommitMicros,
    TurnLimits turn) {

  /** Small limits, so that short runs reach them; the intervals are those of a real node. */
  static SimulationOptions small() {
    return new SimulationOptions(
        new ReplicationSettings(1024, 4096, 1000, 8000, 500, 3000, 700, 1000, 2048, 3000, 10_000),
        new CausalBuffer.Limits(1000, 1 << 20, 1 << 20),
        new StoreLimits(100_000, 1L << 30, 1000),
        Long.MAX_VALUE,
        Durability.FSYNC,
        8000,
        TurnLimits.USUAL);
  }

  SimulationOptions withBuffer(CausalBuffer.Limits limits) {
    return new SimulationOptions(
        replication, limits, store, logBytes, durability, mostCommitMicros, turn);
  }

  SimulationOptions withStore(StoreLimits limits) {
    return new SimulationOptions(
        replication, buffer, limits, logBytes, durability, mostCommitMicros, turn);
  }

  SimulationOptions withLogBytes(long bytes) {
    return new SimulationOptions(
        replication, buffer, store, bytes, durability, mostCommitMicros, turn);
  }

  SimulationOptions withDisk(Durability promised, long commitMicros) {
    return new SimulationOptions(
        replication, buffer, store, logBytes, promised, commitMicros, turn);
  }
}
