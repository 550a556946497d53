package io.causa.bench;

import io.causa.clock.Replica;
import java.util.ArrayList;
import java.util.List;

/** Many replicas in one thread and one time, of which some write at an even rate. */
final class ScaleCluster {

  private static final long MOST_START_MICROS = 60_000_000;
  private static final long SETTLE_MICROS = 2_000_000;
  private static final long STEP_MICROS = 10_000;
  private static final int KEYS = 1000;

  private final ScaleClock clock = new ScaleClock();
  private final ScaleNetwork network = new ScaleNetwork(clock);
  private final List<ScaleReplica> replicas = new ArrayList<>();
  private int nextKey;

  /** Starts so many replicas together; they are ready, and quiet, when this returns. */
  ScaleCluster(int size) {
    for (int i = 0; i < size; i++) {
      // Generations of real nodes are as long.
      Replica self = new Replica("node-%03d".formatted(i), (1L << 51) + i);
      replicas.add(new ScaleReplica(self, clock, network));
    }
    replicas.forEach(replica -> replica.start(size - 1));
    requireWithin("ready", () -> replicas.stream().allMatch(ScaleReplica::isReady));
    clock.pass(SETTLE_MICROS);
  }

  /**
   * Lets so many replicas write together so many writes a second, one after the other.
   *
   * @return how many writes were made
   */
  long write(int writers, double perSecond, double seconds) {
    long writes = Math.round(perSecond * seconds);
    for (long i = 0; i < writes; i++) {
      ScaleReplica writer = replicas.get((int) (i % writers));
      clock.after(Math.round(i * 1e6 / perSecond), () -> writer.write(nextKey++ % KEYS));
    }
    clock.pass(Math.round(seconds * 1e6));
    return writes;
  }

  /** Lets time pass until every replica has applied everything. */
  void converge() {
    requireWithin(
        "of one mind",
        () -> replicas.stream().allMatch(r -> r.applied().equals(replicas.get(0).applied())));
    requireWithin(
        "quiet",
        () -> replicas.stream().allMatch(r -> r.applied().get(r.self()) == r.acknowledged()));
  }

  void pass(double seconds) {
    clock.pass(Math.round(seconds * 1e6));
  }

  ScaleNetwork network() {
    return network;
  }

  long nowMicros() {
    return clock.nowMicros();
  }

  int mostHeld() {
    return replicas.stream().mapToInt(ScaleReplica::mostHeld).max().orElse(0);
  }

  private void requireWithin(String what, java.util.function.BooleanSupplier condition) {
    long end = clock.nowMicros() + MOST_START_MICROS;
    while (!condition.getAsBoolean()) {
      if (clock.nowMicros() > end) {
        throw new IllegalStateException("the replicas are not " + what + " within a minute");
      }
      clock.pass(STEP_MICROS);
    }
  }
}
