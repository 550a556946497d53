package io.causa.node.cluster;

import io.causa.node.config.NodeConfig;
import io.vertx.core.eventbus.EventBusOptions;

/**
 * What the clustered event bus is told: where it listens, and to notice a dead peer within seconds.
 */
final class BusSettings {
  private BusSettings() {}

  static EventBusOptions of(NodeConfig.Cluster cluster) {
    EventBusOptions options =
        new EventBusOptions()
            .setHost(cluster.busHost())
            .setPort(cluster.busPort())
            .setClusterPublicHost(cluster.busPublicHost())
            .setClusterPingInterval(cluster.busPingMillis())
            .setClusterPingReplyInterval(cluster.busPongMillis());
    options
        .setConnectTimeout(Math.toIntExact(cluster.busConnectMillis()))
        .setReconnectAttempts(cluster.busReconnects())
        .setReconnectInterval(cluster.busReconnectMillis())
        .setTcpNoDelay(true);
    return options;
  }
}
