package io.causa.node.cluster;

import io.causa.node.config.Endpoint;
import io.causa.node.config.NodeConfig;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Who founds the cluster when all nodes start at once. Left to themselves, members that find each
 * other before any of them is master argue for seconds about who it should be. So only the first of
 * the contact list (in the order of {@link Endpoint}) starts at once; every other node gives those
 * before it a head start, and joins as soon as somebody is there. The head start is bounded, and
 * longer the later a node stands, so that with the first contacts dead the next one founds. Should
 * two found at once after all, Hazelcast settles it, only slower: nothing but time depends on this
 * order.
 *
 * @param others the contacts that are not this node, in order
 * @param rank how many nodes go first; 0 is the founder
 * @param contactWaitMillis the head start of the founder before the next one
 */
record FoundingOrder(List<Endpoint> others, int rank, long contactWaitMillis) {
  /** Behind it a longer wait helps nobody: those before are more likely absent than slow. */
  private static final int LAST_RANK = 3;

  /**
   * About what a join takes. A member that asks during another's join is told to come again a
   * second later.
   */
  private static final long JOIN_MILLIS = 100;

  FoundingOrder {
    others = List.copyOf(others);
    if (rank < 0) {
      throw new IllegalArgumentException("rank is " + rank + ", it counts nodes");
    }
  }

  /**
   * A node that its own list leaves out cannot know whether the others count on it, so it never
   * goes first; if every list leaves out its owner, the order of the addresses still keeps the
   * nodes apart.
   */
  static FoundingOrder of(NodeConfig.Cluster cluster) {
    Endpoint self = cluster.publicEndpoint();
    TreeSet<Endpoint> contacts = new TreeSet<>(cluster.contacts());
    Optional<Endpoint> listed = contacts.stream().filter(each -> isSame(each, self)).findFirst();
    int before = contacts.headSet(listed.orElse(self)).size();
    int rank = listed.isPresent() || contacts.isEmpty() ? before : before + 1;
    listed.ifPresent(contacts::remove);
    return new FoundingOrder(List.copyOf(contacts), rank, cluster.contactWaitMillis());
  }

  /**
   * How long this node waits for another to answer before it founds a cluster itself, in
   * milliseconds.
   */
  long headStartMillis() {
    int steps = Math.min(rank, LAST_RANK);
    return steps == 0 ? 0 : contactWaitMillis + (steps - 1) * contactWaitMillis / 2;
  }

  /** How long this node lets those before it join once somebody answers, in milliseconds. */
  long staggerMillis() {
    return Math.max(0, rank - 1) * JOIN_MILLIS;
  }

  private static boolean isSame(Endpoint contact, Endpoint self) {
    return contact.port() == self.port() && address(contact).equals(address(self));
  }

  /** Names that cannot be resolved are the same when they are written the same. */
  private static InetSocketAddress address(Endpoint endpoint) {
    return new InetSocketAddress(endpoint.host(), endpoint.port());
  }
}
