package io.causa.node;

import io.causa.engine.port.Loop;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A loop on a thread of its own, outside Vert.x: the loops and timers of Vert.x are among what a
 * stop closes, and what hangs may hang with its threads.
 */
final class StopClock implements Loop {

  private static final long IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, this::named);

  StopClock() {
    thread.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    thread.allowCoreThreadTimeOut(true);
  }

  private Thread named(Runnable run) {
    Thread named = new Thread(run, "causa-clock");
    named.setDaemon(true);
    return named;
  }

  @Override
  public void run(Runnable task) {
    thread.execute(task);
  }

  @Override
  public void after(long delayMillis, Runnable task) {
    thread.schedule(task, delayMillis, TimeUnit.MILLISECONDS);
  }

  @Override
  public long nowMillis() {
    return MonotonicClock.millis();
  }
}
