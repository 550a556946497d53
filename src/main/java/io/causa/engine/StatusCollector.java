package io.causa.engine;

import io.causa.clock.Replica;
import io.causa.core.CausalBuffer;
import io.causa.core.Mutation;
import io.causa.core.ReadView;
import io.causa.engine.api.BufferView;
import io.causa.engine.api.NodeStatus;
import io.causa.engine.api.StoreView;
import io.causa.replication.message.ReplicaLimit;
import io.causa.replication.view.PeerView;
import io.causa.replication.view.ReplicatorView;
import io.causa.storage.Storage;
import java.util.List;
import java.util.function.Consumer;

/** Asks each loop what it does, one after the other, and puts the answers together. */
final class StatusCollector {

  /** How many buffered and held writes are named one by one. */
  private static final int LISTED = 100;

  private final StoreLoop store;
  private final DeliveryLoop delivery;
  private final ReplicationLoop replication;
  private final FeedLoop feed;
  private final Storage storage;
  private final KnownReplicas known;
  private final BadMessages bad;

  StatusCollector(
      StoreLoop store,
      DeliveryLoop delivery,
      ReplicationLoop replication,
      FeedLoop feed,
      Storage storage,
      KnownReplicas known,
      BadMessages bad) {
    this.store = store;
    this.delivery = delivery;
    this.replication = replication;
    this.feed = feed;
    this.storage = storage;
    this.known = known;
    this.bad = bad;
  }

  /** Asks; the reply comes on the replication loop. */
  void collect(Consumer<NodeStatus> reply) {
    store.view(
        LISTED,
        ofStore ->
            delivery.view(
                LISTED,
                ofDelivery ->
                    replication.view(
                        ofReplication ->
                            reply.accept(status(ofStore, ofDelivery, ofReplication)))));
  }

  private NodeStatus status(
      StoreView ofStore, BufferView ofDelivery, ReplicatorView ofReplication) {
    ReadView view = store.view();
    return new NodeStatus(
        view.applied(),
        ofStore.lamport(),
        view.size(),
        ofStore.conflicts(),
        ofStore.conflictsSeen(),
        ofDelivery.heldWrites(),
        ofDelivery.heldBytes(),
        ofDelivery.blocked().stream().map(StatusCollector::buffered).toList(),
        ofStore.parkedRequests() + ofStore.held().writes(),
        ofStore.held().writes(),
        ofStore.held().bytes(),
        ofStore.held().held(),
        ofStore.expiredHeld(),
        ofReplication.peers().stream().map(this::peer).toList(),
        ofReplication.members(),
        ofReplication.generations(),
        storage.logBytes(),
        storage.logLimits().bytes(),
        storage.trimmed(),
        new NodeStatus.Stability(
            ofReplication.stable(),
            ofStore.tombstones(),
            List.copyOf(ofReplication.waitingFor()),
            ofStore.lateWrites()),
        snapshots(ofStore, ofReplication),
        feed.dropped(),
        notReady(ofStore, ofReplication),
        new NodeStatus.Bus(
            ofReplication.registrations().trouble(),
            ofReplication.registrations().renewals(),
            ofReplication.registrations().rejoins(),
            badMessages(),
            known.size(),
            ReplicaLimit.MOST_REPLICAS),
        ofStore.data(),
        ofReplication.agreement());
  }

  private NodeStatus.Peer peer(PeerView peer) {
    Replica self = storage.recovered().self();
    long applied = peer.applied().get(self);
    return new NodeStatus.Peer(
        peer.replica(),
        peer.http(),
        peer.silent(),
        peer.heardMillisAgo(),
        peer.received().get(self),
        applied,
        replication.ownWrites() - applied);
  }

  private List<NodeStatus.BadMessages> badMessages() {
    return bad.counts().stream()
        .map(c -> new NodeStatus.BadMessages(c.sender(), c.reason().text(), c.messages()))
        .toList();
  }

  private static String notReady(StoreView ofStore, ReplicatorView ofReplication) {
    String ofData = DataWatch.notReady(ofStore.data());
    return ofData.isEmpty() ? ofReplication.notReady() : ofData;
  }

  private static NodeStatus.Snapshots snapshots(StoreView ofStore, ReplicatorView ofReplication) {
    return new NodeStatus.Snapshots(
        ofReplication
            .snapshot()
            .map(s -> new NodeStatus.Fetching(s.source(), s.keys(), s.bytes(), s.installing())),
        ofStore.serving().stream()
            .map(serving -> new NodeStatus.Serving(serving.asker(), serving.keys()))
            .toList());
  }

  private static NodeStatus.Buffered buffered(CausalBuffer.Blocked blocked) {
    return new NodeStatus.Buffered(
        blocked.write().dot(), keys(blocked.write().mutations()), blocked.waitsFor());
  }

  private static List<String> keys(List<Mutation> mutations) {
    return mutations.stream().map(Mutation::key).toList();
  }
}
