package io.causa.node;

import io.causa.clock.Replica;
import io.causa.clock.ReplicaNames;

/**
 * Who this node is and whom it knows.
 *
 * @param self this replica
 * @param clusterName its cluster
 * @param known every replica that it has heard of
 */
record NodeIdentity(Replica self, String clusterName, KnownReplicas known) {

  /** How replicas are written for people, by what is known now. */
  ReplicaNames names() {
    return known.names();
  }
}
