package io.causa.node;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.membership.GenerationView;
import io.causa.membership.MemberView;
import io.causa.node.port.NodeStatus;
import io.causa.replication.PeerView;
import io.causa.replication.RegistrationHealth;
import io.causa.replication.Replicator;
import io.causa.replication.SnapshotProgress;
import java.util.List;
import java.util.Optional;

/** What is known of the peers, for {@code /status}. */
record ReplicationFigures(
    List<NodeStatus.Peer> peers,
    List<MemberView> members,
    List<GenerationView> generations,
    Optional<SnapshotProgress> snapshot,
    String notReady,
    VersionVector stable,
    List<Replica> waitingFor,
    RegistrationHealth hearing) {

  /**
   * Looks at the replicator, on its loop.
   *
   * @param ownWrites how many own writes are applied here
   */
  static ReplicationFigures of(Replicator replicator, Replica self, long ownWrites) {
    long nowMillis = MonotonicClock.millis();
    return new ReplicationFigures(
        replicator.peers(nowMillis).stream().map(view -> peer(view, self, ownWrites)).toList(),
        replicator.members(nowMillis),
        replicator.generations(),
        replicator.snapshotProgress(),
        replicator.notReady(),
        replicator.stable(),
        List.copyOf(replicator.waitingFor()),
        replicator.hearing(nowMillis));
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
