package io.causa.simulation;

import io.causa.engine.port.Handoff;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * The way from one loop to another, with a pause of its own for each message: what was sent first
 * arrives first, and other ways may be faster or slower.
 */
final class SimulatedHandoff implements Handoff {

  private static final long MOST_HOP_MICROS = 200;
  private static final long MOST_LATE_MICROS = 30_000;

  private final SimulatedProcess process;
  private final Dice dice;
  private final Queue<Runnable> underWay = new ArrayDeque<>();
  private long lastMicros;

  SimulatedHandoff(SimulatedProcess process, Dice dice) {
    this.process = process;
    this.dice = dice;
  }

  @Override
  public void carry(Runnable arrival) {
    long most = dice.chance(0.01) ? MOST_LATE_MICROS : MOST_HOP_MICROS;
    long soonMicros = process.schedule().nowMicros() + dice.between(0, most);
    lastMicros = Math.max(lastMicros, soonMicros);
    underWay.add(arrival);
    process.at(lastMicros, () -> underWay.remove().run());
  }
}
