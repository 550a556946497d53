package io.causa.simulation;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A process between its start and its end. What is due while it is stopped (SIGSTOP) happens when
 * it goes on; what is due after its end never happens.
 */
final class SimulatedProcess {

  private final Schedule schedule;
  private final Queue<Runnable> overdue = new ArrayDeque<>();
  private boolean running = true;
  private boolean stopped;
  private int stops;

  SimulatedProcess(Schedule schedule) {
    this.schedule = schedule;
  }

  Schedule schedule() {
    return schedule;
  }

  boolean isRunning() {
    return running;
  }

  void kill() {
    running = false;
  }

  /** Nothing happens in the process for so long, or until {@link #goOn}. */
  void stop(long millis) {
    int stop = ++stops;
    schedule.after(
        millis,
        () -> {
          if (stop == stops) {
            goOn();
          }
        });
    stopped = true;
  }

  /** What was due meanwhile happens now, in its order. */
  void goOn() {
    stopped = false;
    while (!overdue.isEmpty()) {
      at(schedule.nowMicros(), overdue.remove());
    }
  }

  void after(long delayMillis, Runnable task) {
    at(schedule.nowMicros() + delayMillis * 1000, task);
  }

  void at(long micros, Runnable task) {
    schedule.at(micros, () -> step(task));
  }

  private void step(Runnable task) {
    if (stopped) {
      overdue.add(task);
    } else if (running) {
      task.run();
    }
  }
}
