package io.causa.simulation;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * One event loop of a process as one of its neighbours reaches it: whatever that hands over runs
 * later, in the order in which it was handed over.
 */
final class SimulatedLoop {

  private static final long MOST_HOP_MICROS = 300;
  private static final long MOST_BUSY_MICROS = 30_000;

  private final SimulatedProcess process;
  private final Dice dice;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private long lastMicros;

  SimulatedLoop(SimulatedProcess process, Dice dice) {
    this.process = process;
    this.dice = dice;
  }

  void run(Runnable task) {
    // Now and then a loop is busy, so that even the network is faster than a neighbour.
    long most = dice.chance(0.01) ? MOST_BUSY_MICROS : MOST_HOP_MICROS;
    long soonMicros = process.schedule().nowMicros() + dice.between(1, most);
    lastMicros = Math.max(lastMicros, soonMicros);
    tasks.add(task);
    process.at(lastMicros, () -> tasks.remove().run());
  }
}
