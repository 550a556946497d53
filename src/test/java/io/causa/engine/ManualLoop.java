package io.causa.engine;

import io.causa.engine.port.Loop;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/**
 * A loop that a test drives by hand: tasks run when the test says so, and time passes when it says
 * so. One thread.
 */
public final class ManualLoop implements Loop {

  private record Later(long atMillis, long number, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Later> later =
      new PriorityQueue<>(Comparator.comparingLong(Later::atMillis).thenComparing(Later::number));
  private long nowMillis;
  private long timers;

  @Override
  public void run(Runnable task) {
    tasks.add(task);
  }

  @Override
  public void after(long delayMillis, Runnable task) {
    later.add(new Later(nowMillis + delayMillis, timers++, task));
  }

  @Override
  public long nowMillis() {
    return nowMillis;
  }

  /** Returns how many tasks wait; timers do not count. */
  public int waiting() {
    return tasks.size();
  }

  /** Runs the task that has waited longest. */
  public void runNext() {
    tasks.remove().run();
  }

  /** Runs all tasks, and those that they give. */
  public void runAll() {
    while (!tasks.isEmpty()) {
      runNext();
    }
  }

  /**
   * Lets time pass: each timer runs at its time, and then the tasks that wait. What waits already
   * is run after the first timer, as on a loop that was busy.
   */
  public void pass(long millis) {
    long untilMillis = nowMillis + millis;
    while (!later.isEmpty() && later.peek().atMillis() <= untilMillis) {
      Later next = later.remove();
      nowMillis = next.atMillis();
      next.task().run();
      runAll();
    }
    nowMillis = untilMillis;
    runAll();
  }
}
