package io.causa.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Chooses TCP ports and tells whether one is free.
 *
 * <p>Chosen ports lie below the range from which operating systems take the local ports of outgoing
 * connections. A port out of that range may be gone before the node that it was chosen for binds
 * it: the nodes connect to each other while they start.
 */
final class Ports {
  private static final int LEAST = 20_000;
  private static final int MOST = 32_000;

  private final String host;
  private final Set<Integer> given = new HashSet<>();
  private int next = ThreadLocalRandom.current().nextInt(LEAST, MOST);

  Ports(String host) {
    this.host = host;
  }

  /**
   * A port that is free now and that this object has not given before.
   *
   * @throws CommandFailure if there is none
   */
  int free() {
    for (int tries = 0; tries < MOST - LEAST; tries++) {
      next = next + 1 < MOST ? next + 1 : LEAST;
      if (isFree(host, next) && given.add(next)) {
        return next;
      }
    }
    throw new CommandFailure(
        ExitCode.NODE_FAILED,
        "no TCP port is free on %s within %d..%d".formatted(host, LEAST, MOST));
  }

  /** Keeps a port that somebody else chose from being given. */
  void reserve(int port) {
    given.add(port);
  }

  /**
   * @param flag the flag that changes this port, for the message
   * @throws CommandFailure if the port cannot be bound
   */
  static void requireFree(String host, int port, String flag) {
    IOException problem = tryToBind(host, port);
    if (problem != null) {
      throw new CommandFailure(
          ExitCode.NODE_FAILED,
          "cannot listen on %s:%d (%s). Stop what uses it, or choose another port with %s."
              .formatted(host, port, problem.getMessage(), flag));
    }
  }

  static boolean isFree(String host, int port) {
    return tryToBind(host, port) == null;
  }

  private static IOException tryToBind(String host, int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
      return null;
    } catch (IOException taken) {
      return taken;
    }
  }
}
