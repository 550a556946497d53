package io.causa.engine.api;

/** A request that may still wait for its context. */
public interface Pending {

  /**
   * The client is gone: a request that waits is forgotten; one that is held, or on its way into a
   * commit, goes on. Any thread may call.
   */
  void abandon();
}
