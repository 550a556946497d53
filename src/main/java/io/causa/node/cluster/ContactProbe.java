package io.causa.node.cluster;

import io.causa.node.config.Endpoint;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whether a Hazelcast member is at work behind an address. That its port accepts a connection
 * proves nothing: the port is bound early, and the system accepts for it long before the member
 * does. So the probe opens the protocol, and the member must open it in return, which it does from
 * just before its join. Blocks: for worker threads only.
 */
final class ContactProbe {
  private static final Logger LOG = LoggerFactory.getLogger(ContactProbe.class);
  private static final byte[] MEMBER_PROTOCOL = "HZC".getBytes(StandardCharsets.US_ASCII);
  private static final int TIMEOUT_MILLIS = 250;

  private ContactProbe() {}

  /**
   * Whether the contact answers within a quarter of a second for the connection and as much for the
   * answer.
   */
  static boolean answers(Endpoint contact) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(contact.host(), contact.port()), TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(MEMBER_PROTOCOL);
      return socket.getInputStream().read() >= 0;
    } catch (IOException absent) {
      LOG.trace("no member answers at {}", contact, absent);
      return false;
    }
  }
}
