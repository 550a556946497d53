package io.causa.node.cluster;

import io.causa.node.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.security.Security;

/**
 * Starts a Vert.x that is a member of the cluster. Everything it binds, and everyone it asks, is
 * configured.
 */
public final class ClusteredVertx {
  private ClusteredVertx() {}

  /**
   * As {@link #start(NodeConfig.Cluster, VertxOptions)}, with the options of Vert.x as they come.
   */
  public static Future<Vertx> start(NodeConfig.Cluster cluster) {
    return start(cluster, new VertxOptions());
  }

  /**
   * Joins the cluster, or founds it when none of the contacts answers within its head start ({@code
   * cluster.contactWaitMillis}, up to twice that for nodes late in the contact list).
   *
   * @param options further options; their event bus options are replaced
   * @return the member, once it has joined; it fails if the Hazelcast port or the bus port cannot
   *     be bound
   */
  public static Future<Vertx> start(NodeConfig.Cluster cluster, VertxOptions options) {
    forgetUnknownNamesSoon();
    return Vertx.builder()
        .with(new VertxOptions(options).setEventBusOptions(BusSettings.of(cluster)))
        .withClusterManager(new OrderlyClusterManager(cluster, FoundingOrder.of(cluster)))
        .buildClustered();
  }

  /**
   * Where names appear as machines start (containers), Java would otherwise believe for ten seconds
   * that a contact does not exist, and this node would found a cluster of its own beside it.
   */
  private static void forgetUnknownNamesSoon() {
    Security.setProperty("networkaddress.cache.negative.ttl", "1");
  }
}
