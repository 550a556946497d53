package io.causa.node.bus;

import io.vertx.core.Future;
import java.util.Set;

/** What the cluster knows of this node's addresses; whoever manages the membership offers it. */
public interface Registrations {

  /** Those of this node's addresses under which the cluster knows this node completely. */
  Future<Set<String>> registered();

  /**
   * Tells the cluster anew who this node is and what it listens to, and removes what is left there
   * of members that are no more. Told again while that is under way, it is the same.
   *
   * @return completes when it is done, or fails with what the cluster did not take
   */
  Future<Void> renew();

  /**
   * Leaves the cluster, if need be by force, joins it again and registers everything. Told again
   * while that is under way, it is the same.
   *
   * @return completes when it is done; after a failure this node is outside the cluster, and may be
   *     told again
   */
  Future<Void> rejoin();
}
