package io.causa.engine.port;

/**
 * One event loop of a node: what it is given runs one after the other, never two at once.
 *
 * <p>A host offers it: Vert.x in a node, one queue of events in a simulation.
 */
public interface Loop {

  /** Runs the task soon, after all that was given before. Any thread may call. */
  void run(Runnable task);

  /** Runs the task on this loop when the time has passed, and not earlier. Any thread may call. */
  void after(long delayMillis, Runnable task);

  /** Returns the time in milliseconds from an arbitrary origin; the time never goes back. */
  long nowMillis();
}
