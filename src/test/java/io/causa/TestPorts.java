package io.causa;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * TCP ports for nodes that a test starts later, or twice.
 *
 * <p>The ports lie below those that operating systems give to connections and to servers that ask
 * for any port, and below those of local clusters. A port out of these ranges may be gone before
 * the node binds it. Each process of tests begins at a place of its own.
 */
public final class TestPorts {
  private static final int LEAST = 10_000;
  private static final int MOST = 19_999;

  /** Far enough apart that neighbours in the list of processes do not meet. */
  private static final int STEP = 331;

  private static int next =
      LEAST + (int) (ProcessHandle.current().pid() * STEP % (MOST - LEAST + 1));

  private TestPorts() {}

  /** Returns a loopback port that is free now; the same one comes again after all others. */
  public static synchronized int free() {
    for (int tries = 0; tries <= MOST - LEAST; tries++) {
      int port = next;
      next = next < MOST ? next + 1 : LEAST;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no port is free within %d..%d".formatted(LEAST, MOST));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
