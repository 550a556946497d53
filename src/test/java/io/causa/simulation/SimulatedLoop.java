package io.causa.simulation;

import io.causa.engine.port.Loop;
import java.util.ArrayDeque;
import java.util.Queue;

/** One event loop of a process: what it is given runs later, in the order in which it was given. */
final class SimulatedLoop implements Loop {

  private static final long MOST_WAIT_MICROS = 200;
  private static final long MOST_BUSY_MICROS = 30_000;

  private final SimulatedProcess process;
  private final Dice dice;
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private long lastMicros;

  SimulatedLoop(SimulatedProcess process, Dice dice) {
    this.process = process;
    this.dice = dice;
  }

  @Override
  public void run(Runnable task) {
    // Now and then a loop is busy, so that even the network is faster than a neighbour.
    long most = dice.chance(0.01) ? MOST_BUSY_MICROS : MOST_WAIT_MICROS;
    long soonMicros = process.schedule().nowMicros() + dice.between(1, most);
    lastMicros = Math.max(lastMicros, soonMicros);
    tasks.add(task);
    process.at(lastMicros, () -> tasks.remove().run());
  }

  @Override
  public void after(long delayMillis, Runnable task) {
    process.after(delayMillis, task);
  }

  @Override
  public long nowMillis() {
    return process.schedule().nowMillis();
  }
}
