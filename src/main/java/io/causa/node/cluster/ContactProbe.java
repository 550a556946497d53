package io.causa.node.cluster;

import io.causa.node.config.Endpoint;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * Finds out what is behind the Hazelcast address of a contact. That a port accepts a connection
 * proves little: it is bound early in a start, and the system accepts for it long before the member
 * does. So the probe opens the protocol, and a member that is at work opens it in return. Blocks:
 * for worker threads only.
 */
final class ContactProbe {
  private static final byte[] MEMBER_PROTOCOL = "HZC".getBytes(StandardCharsets.US_ASCII);
  private static final int TIMEOUT_MILLIS = 250;

  /** What a contact can be. */
  enum Presence {
    /** Nobody has bound the port, or there is no such machine. */
    ABSENT,
    /**
     * Somebody may be there, who did not answer in a quarter of a second: starting, busy, or far.
     */
    SILENT,
    /** A member is at work: it is joining or has joined. */
    ANSWERING
  }

  private ContactProbe() {}

  static Presence probe(Endpoint contact) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(contact.host(), contact.port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(MEMBER_PROTOCOL);
      return socket.getInputStream().read() >= 0 ? Presence.ANSWERING : Presence.SILENT;
    } catch (ConnectException | NoRouteToHostException | UnknownHostException nobody) {
      return Presence.ABSENT;
    } catch (IOException noAnswer) {
      return Presence.SILENT;
    }
  }

  static boolean answers(Endpoint contact) {
    return probe(contact) == Presence.ANSWERING;
  }

  static boolean mayBePresent(Endpoint contact) {
    return probe(contact) != Presence.ABSENT;
  }
}
