package io.causa.scenario;

import io.vertx.core.Future;

/**
 * Power over the nodes' processes: whoever started them can offer it. Called from the thread that
 * plays the scenario; each future completes when the process is gone, or has been started (not: is
 * ready), and fails with a message for people.
 */
public interface NodeControl {
  /** Ends the node in good order. */
  Future<Void> stop(String nodeName);

  /**
   * Starts a node that was stopped or killed, with the same name, address and data directory, if it
   * had one.
   */
  Future<Void> start(String nodeName);

  /** Ends the node at once, as a power cut would. */
  Future<Void> kill(String nodeName);
}
