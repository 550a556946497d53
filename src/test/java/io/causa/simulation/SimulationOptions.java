package io.causa.simulation;

import io.causa.core.CausalBuffer;
import io.causa.replication.ReplicationSettings;

/** The limits under which simulated nodes run. */
record SimulationOptions(
    ReplicationSettings replication, CausalBuffer.Limits buffer, long logBytes) {

  /** Small limits, so that short runs reach them; the intervals are those of a real node. */
  static SimulationOptions small() {
    return new SimulationOptions(
        new ReplicationSettings(1024, 4096, 1000, 8000, 500, 3000, 700, 1000, 2048, 3000, 10_000),
        new CausalBuffer.Limits(1000, 1 << 20, 1 << 20),
        Long.MAX_VALUE);
  }

  SimulationOptions withBuffer(int writes, long handedOverBytes) {
    return new SimulationOptions(
        replication, new CausalBuffer.Limits(writes, 1 << 20, handedOverBytes), logBytes);
  }

  SimulationOptions withLogBytes(long bytes) {
    return new SimulationOptions(replication, buffer, bytes);
  }
}
