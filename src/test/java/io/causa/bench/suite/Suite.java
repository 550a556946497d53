package io.causa.bench.suite;

import java.util.List;

/** All benchmarks of {@code bin/bench all}, in their order. */
final class Suite {

  private Suite() {}

  /**
   * @param large whether to take what takes very long or much memory, too
   */
  static List<Benchmark> all(boolean large) {
    return List.of(
        new Alone(),
        new Cluster(),
        new Disk(),
        new Replication(),
        new Visibility(),
        new Latency(),
        new Pauses(),
        new Memory(large),
        new ReadsBesideWrites(),
        new Wire(),
        new Held(),
        new Restarts(),
        new Starts());
  }
}
