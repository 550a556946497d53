package io.causa.simulation;

/**
 * One event loop of a process as one of its neighbours reaches it: whatever that hands over runs
 * later, in the order in which it was handed over.
 */
final class SimulatedLoop {

  private static final long MOST_HOP_MICROS = 300;

  private final SimulatedProcess process;
  private final Dice dice;
  private long lastMicros;

  SimulatedLoop(SimulatedProcess process, Dice dice) {
    this.process = process;
    this.dice = dice;
  }

  void run(Runnable task) {
    long soonMicros = process.schedule().nowMicros() + dice.between(1, MOST_HOP_MICROS);
    lastMicros = Math.max(lastMicros, soonMicros);
    process.at(lastMicros, task);
  }
}
