package io.causa.node.cluster;

import com.hazelcast.config.TcpIpConfig;
import io.causa.node.config.Endpoint;
import java.util.List;

/**
 * The contacts, less those where surely nobody is. Hazelcast asks for this list when it joins,
 * after it has bound its own port, and again whenever it looks for other parts of a split cluster.
 * With the absent ones in it, a founder would wait a second and more for their silence. Leaving
 * them out is safe: whoever binds its port after we looked finds our port bound when it looks. A
 * contact in doubt stays in: two that overlook each other would found two clusters.
 */
final class PresentMembers extends TcpIpConfig {
  private static final int CONNECTION_TIMEOUT_SECONDS = 1;

  private final List<Endpoint> contacts;

  PresentMembers(List<Endpoint> contacts) {
    this.contacts = List.copyOf(contacts);
    setEnabled(true);
    // Also how long members that are not joined yet ask each other before one of them claims to be
    // master.
    setConnectionTimeoutSeconds(CONNECTION_TIMEOUT_SECONDS);
  }

  @Override
  public List<String> getMembers() {
    return contacts.stream().filter(ContactProbe::mayBePresent).map(Endpoint::toString).toList();
  }
}
