package io.causa.node;

import io.causa.engine.port.Loop;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loop on a thread of its own, outside Vert.x: the loops and timers of Vert.x are among what a
 * stop closes, and what hangs may hang with its threads.
 */
final class NodeClock implements Loop {

  private static final Logger LOG = LoggerFactory.getLogger(NodeClock.class);
  private static final long IDLE_SECONDS = 10;

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(1, this::named);

  NodeClock() {
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
    thread.execute(logged(task));
  }

  @Override
  public void after(long delayMillis, Runnable task) {
    thread.schedule(logged(task), delayMillis, TimeUnit.MILLISECONDS);
  }

  /** An executor keeps what a timer throws to itself. */
  private static Runnable logged(Runnable task) {
    return () -> {
      try {
        task.run();
      } catch (RuntimeException | Error failure) {
        LOG.error("a task on the node's clock failed", failure);
      }
    };
  }

  @Override
  public long nowMillis() {
    return MonotonicClock.millis();
  }
}
