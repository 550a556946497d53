package io.causa.engine.port;

import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The process in which an engine runs: loops, the ways between them, the wall clock, and the end.
 *
 * <p>There are two hosts: a node, with verticles and threads, and a simulation, with one queue.
 */
public interface Host {

  /**
   * Opens a loop.
   *
   * @param opened is told the loop, on that loop
   * @return completes on any thread when {@code opened} was told; fails if the loop cannot be
   *     opened
   */
  CompletionStage<Void> open(LoopName name, Consumer<Loop> opened);

  /**
   * Closes a loop.
   *
   * @param last runs on the loop, and puts an end to its turns; of a loop that was never opened, it
   *     runs at once
   * @return completes on any thread when the loop is closed
   */
  CompletionStage<Void> close(LoopName name, Runnable last);

  /**
   * Makes a way to a loop.
   *
   * @param from who hands over: another loop, or one side of the node such as "disk"
   */
  Handoff handoff(String from, LoopName to);

  /** Returns the wall time in milliseconds since 1970. */
  long wallMillis();

  /** Runs work that takes long on another thread. Work that throws ends the node. */
  void work(Runnable work);

  /**
   * Ends the node because an invariant broke, or a disk failed. Only the first call counts.
   *
   * @param what failed, for people
   */
  void fail(String what, Throwable cause);

  /** Returns the loop of an orderly stop, which outlives all others. */
  Loop clock();

  /**
   * Takes no more requests of clients, and lets those under way end.
   *
   * @param patienceMillis after how long those that are left are cut off
   * @return completes on any thread
   */
  CompletionStage<Void> endRequests(long patienceMillis);

  /** Leaves the cluster; completes on any thread. The last thing that the host is asked for. */
  CompletionStage<Void> leave();
}
