package io.causa.simulation;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.BiConsumer;

/**
 * A process between its start and its end. What is due while it is stopped (SIGSTOP) happens when
 * it goes on; what is due after its end never happens.
 */
final class SimulatedProcess {

  private final Schedule schedule;
  private BiConsumer<String, Throwable> onFailure = SimulatedProcess::endRun;
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

  /** What happens when something fails that the process cannot go on without. */
  void onFailure(BiConsumer<String, Throwable> consumer) {
    onFailure = consumer;
  }

  /** The process must stop. */
  void failed(String what, Throwable cause) {
    onFailure.accept(what, cause);
  }

  private static void endRun(String what, Throwable cause) {
    throw new IllegalStateException(what + " failed", cause);
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
