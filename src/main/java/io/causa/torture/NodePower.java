package io.causa.torture;

import java.util.List;

/**
 * Power over the nodes' processes: whoever started them can offer it. All calls may block; none is
 * for an event loop.
 */
public interface NodePower {
  /** Ends the node in good order and returns when its process is gone. */
  void stop(String node) throws InterruptedException;

  /** Ends the node at once (SIGKILL), also a paused one, and returns when its process is gone. */
  void kill(String node) throws InterruptedException;

  /** Starts the process again, with its old name, address and data directory; does not wait. */
  void start(String node);

  /** Stops the process where it is (SIGSTOP). */
  void pause(String node) throws InterruptedException;

  /** Lets a paused process go on (SIGCONT). */
  void resume(String node) throws InterruptedException;

  /** What is to be said about nodes that ended though nobody here ended them. */
  List<String> unexpectedEnds();
}
