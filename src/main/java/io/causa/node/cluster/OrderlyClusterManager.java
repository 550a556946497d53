package io.causa.node.cluster;

import io.causa.node.config.NodeConfig;
import io.vertx.core.Completable;
import io.vertx.core.Vertx;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;

/** The cluster manager of Hazelcast, except that it joins in the {@link FoundingOrder}. */
final class OrderlyClusterManager extends HazelcastClusterManager {
  private final FoundingOrder order;
  private Vertx vertx;

  OrderlyClusterManager(NodeConfig.Cluster cluster, FoundingOrder order) {
    super(HazelcastSettings.of(cluster, order.others()));
    this.order = order;
  }

  @Override
  public void init(Vertx vertx) {
    super.init(vertx);
    this.vertx = vertx;
  }

  @Override
  public void join(Completable<Void> promise) {
    vertx
        .executeBlocking(() -> HeadStart.give(order, ContactProbe::answers))
        .onSuccess(answered -> super.join(promise))
        .onFailure(promise::fail);
  }
}
