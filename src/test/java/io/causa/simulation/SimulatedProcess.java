package io.causa.simulation;

/**
 * A process between its start and its end. What is due while it is stopped (SIGSTOP) happens when
 * it goes on; what is due after its end never happens.
 */
final class SimulatedProcess {

  private final Schedule schedule;
  private boolean running = true;
  private long stoppedUntilMicros;

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

  /** Nothing happens in the process for so long. */
  void stop(long millis) {
    stoppedUntilMicros = schedule.nowMicros() + millis * 1000;
  }

  void after(long delayMillis, Runnable task) {
    at(schedule.nowMicros() + delayMillis * 1000, task);
  }

  void at(long micros, Runnable task) {
    schedule.at(micros, () -> step(task));
  }

  private void step(Runnable task) {
    if (!running) {
      return;
    }
    if (schedule.nowMicros() < stoppedUntilMicros) {
      at(stoppedUntilMicros, task);
    } else {
      task.run();
    }
  }
}
