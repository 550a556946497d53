package io.causa.node;

import io.causa.clock.Replica;
import io.causa.node.port.NodeStatus;
import io.causa.replication.Replicator;
import io.causa.replication.view.PeerView;
import io.causa.replication.view.ReplicatorView;
import java.util.List;

/** What is known of the peers, for {@code /status}. */
record ReplicationFigures(List<NodeStatus.Peer> peers, ReplicatorView view) {

  /**
   * Looks at the replicator, on its loop.
   *
   * @param ownWrites how many own writes are applied here
   */
  static ReplicationFigures of(Replicator replicator, Replica self, long ownWrites) {
    ReplicatorView view = replicator.view(MonotonicClock.millis());
    return new ReplicationFigures(
        view.peers().stream().map(peer -> peer(peer, self, ownWrites)).toList(), view);
  }

  private static NodeStatus.Peer peer(PeerView view, Replica self, long ownWrites) {
    long applied = view.applied().get(self);
    return new NodeStatus.Peer(
        view.replica(),
        view.http(),
        view.silent(),
        view.heardMillisAgo(),
        view.received().get(self),
        applied,
        ownWrites - applied);
  }
}
