package io.causa.simulation;

import io.causa.core.CausalBuffer;
import io.causa.core.DataLimit;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.core.store.StoreLimits;
import io.causa.engine.TurnLimits;
import io.causa.replication.ReplicationSettings;
import java.util.List;

/** Draws the limits and habits of a run. */
final class Settings {

  private Settings() {}

  static SimulationOptions draw(Dice dice) {
    int batchBytes = dice.pick(List.of(200, 1024, 8192));
    int windowBytes = batchBytes * (1 + dice.below(8));
    ReplicationSettings replication =
        new ReplicationSettings(
            batchBytes,
            windowBytes,
            dice.between(200, 1000),
            dice.between(1000, 8000),
            dice.between(100, 500),
            dice.between(500, 3000),
            dice.between(100, 700),
            dice.between(200, 1000),
            dice.pick(List.of(200, 1024, 16384)),
            dice.between(1000, 3000),
            dice.between(1000, 5000));
    SimulationOptions options =
        new SimulationOptions(
            replication,
            buffer(dice),
            store(dice),
            dice.chance(0.5) ? Long.MAX_VALUE : dice.pick(List.of(300L, 1000L, 5000L)),
            dice.pick(
                List.of(
                    Durability.FSYNC, Durability.FSYNC, Durability.BUFFERED, Durability.MEMORY)),
            dice.pick(List.of(500L, 5_000L, 50_000L)),
            turn(dice));
    return options.withStore(options.store().withData(data(dice)));
  }

  /** Some loops take little at a time, so that they fall behind. */
  private static TurnLimits turn(Dice dice) {
    return dice.chance(0.5)
        ? new TurnLimits(1 + dice.below(5), dice.between(0, 1000))
        : TurnLimits.USUAL;
  }

  /**
   * Room for some keys; how much varies, since nodes that are full must differ in what they have.
   */
  private static DataLimit data(Dice dice) {
    return dice.chance(0.3)
        ? new DataLimit(dice.between(800, 4000), dice.between(100, 1500))
        : DataLimit.NONE;
  }

  private static CausalBuffer.Limits buffer(Dice dice) {
    return dice.chance(0.4)
        ? new CausalBuffer.Limits(1 + dice.below(10), 1 << 20, dice.between(500, 5000))
        : new CausalBuffer.Limits(100_000, 1 << 24, 1 << 20);
  }

  private static StoreLimits store(Dice dice) {
    SnapshotTransfers.Limits snapshots =
        new SnapshotTransfers.Limits(
            1 + dice.below(3),
            dice.chance(0.2) ? dice.between(100, 1000) : 1 << 20,
            dice.between(2000, 30_000));
    return dice.chance(0.3)
        ? new StoreLimits(
            1 + dice.below(8),
            1000,
            1 + dice.below(3),
            dice.between(1000, 10_000),
            1 + dice.below(4),
            dice.between(1000, 10_000),
            snapshots)
        : new StoreLimits(10_000, 1 << 24, 1000, 1 << 24, 1000, 1 << 24, snapshots);
  }
}
