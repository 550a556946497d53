package io.causa.bench;

import com.sun.management.ThreadMXBean;
import io.causa.engine.port.Loop;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** A loop that one thread runs when it is told to, and that notes what running it has cost. */
final class BenchLoop implements Loop {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private record Later(long atMillis, long number, Runnable task) {}

  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Queue<Later> later =
      new PriorityQueue<>(Comparator.comparingLong(Later::atMillis).thenComparing(Later::number));
  private long nowMillis;
  private long timers;
  private long nanos;
  private long bytes;

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

  void passMilli() {
    nowMillis++;
    while (!later.isEmpty() && later.peek().atMillis() <= nowMillis) {
      tasks.add(later.remove().task());
    }
  }

  /** Runs what waits now; returns whether there was anything. */
  boolean runAll() {
    if (tasks.isEmpty()) {
      return false;
    }
    long bytesBefore = THREADS.getCurrentThreadAllocatedBytes();
    long nanosBefore = THREADS.getCurrentThreadCpuTime();
    for (int waiting = tasks.size(); waiting > 0; waiting--) {
      tasks.remove().run();
    }
    nanos += THREADS.getCurrentThreadCpuTime() - nanosBefore;
    bytes += THREADS.getCurrentThreadAllocatedBytes() - bytesBefore;
    return true;
  }

  void forgetCosts() {
    nanos = 0;
    bytes = 0;
  }

  long nanos() {
    return nanos;
  }

  long bytes() {
    return bytes;
  }
}
