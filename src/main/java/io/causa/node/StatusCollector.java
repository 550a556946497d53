package io.causa.node;

import io.causa.core.CausalBuffer;
import io.causa.core.Mutation;
import io.causa.core.ReadView;
import io.causa.node.bus.BadMessages;
import io.causa.node.port.NodeStatus;
import io.causa.replication.message.ReplicaLimit;
import io.causa.storage.Storage;
import io.vertx.core.Future;
import java.util.List;

/** Asks each verticle for its figures and puts them together. */
final class StatusCollector {

  /** How many buffered and held writes are named one by one. */
  private static final int LISTED = 100;

  private final StoreVerticle store;
  private final DeliveryVerticle delivery;
  private final ReplicationVerticle replication;
  private final FeedVerticle feed;
  private final Storage storage;
  private final KnownReplicas known;
  private final BadMessages bad;

  StatusCollector(
      StoreVerticle store,
      DeliveryVerticle delivery,
      ReplicationVerticle replication,
      FeedVerticle feed,
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

  Future<NodeStatus> collect() {
    var ofStore = store.figures(LISTED);
    var ofDelivery = delivery.figures(LISTED);
    var ofReplication = replication.figures();
    return Future.all(ofStore, ofDelivery, ofReplication)
        .map(all -> status(ofStore.result(), ofDelivery.result(), ofReplication.result()));
  }

  private NodeStatus status(
      StoreVerticle.Figures ofStore,
      DeliveryVerticle.Figures ofDelivery,
      ReplicationFigures ofReplication) {
    ReadView view = store.view();
    return new NodeStatus(
        view.applied(),
        ofStore.lamport(),
        view.size(),
        ofStore.conflicts(),
        ofDelivery.heldWrites(),
        ofDelivery.heldBytes(),
        ofDelivery.blocked().stream().map(StatusCollector::buffered).toList(),
        ofStore.parkedRequests() + ofStore.held().writes(),
        ofStore.held().writes(),
        ofStore.held().bytes(),
        ofStore.held().held(),
        ofStore.expiredHeld(),
        ofReplication.peers(),
        ofReplication.view().members(),
        ofReplication.view().generations(),
        storage.logBytes(),
        storage.logLimits().bytes(),
        storage.trimmed(),
        new NodeStatus.Stability(
            ofReplication.view().stable(),
            ofStore.tombstones(),
            List.copyOf(ofReplication.view().waitingFor()),
            ofStore.lateWrites()),
        snapshots(ofStore, ofReplication),
        feed.dropped(),
        notReady(ofStore, ofReplication),
        new NodeStatus.Bus(
            ofReplication.view().registrations().trouble(),
            ofReplication.view().registrations().renewals(),
            ofReplication.view().registrations().rejoins(),
            badMessages(),
            known.size(),
            ReplicaLimit.MOST_REPLICAS),
        ofStore.data());
  }

  private List<NodeStatus.BadMessages> badMessages() {
    return bad.counts().stream()
        .map(c -> new NodeStatus.BadMessages(c.sender(), c.reason().text(), c.messages()))
        .toList();
  }

  private static String notReady(StoreVerticle.Figures ofStore, ReplicationFigures ofReplication) {
    String ofData = DataWatch.notReady(ofStore.data());
    return ofData.isEmpty() ? ofReplication.view().notReady() : ofData;
  }

  private static NodeStatus.Snapshots snapshots(
      StoreVerticle.Figures ofStore, ReplicationFigures ofReplication) {
    return new NodeStatus.Snapshots(
        ofReplication
            .view()
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
