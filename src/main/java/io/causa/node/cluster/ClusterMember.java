package io.causa.node.cluster;

import io.causa.node.bus.Registrations;
import io.causa.node.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.function.BooleanSupplier;

/**
 * A Vert.x that has joined its cluster.
 *
 * @param vertx the member
 * @param others how many other members the cluster had when it joined
 */
public record ClusterMember(Vertx vertx, int others) {

  /** Joins the cluster; fails with a message for people if it cannot. */
  public static Future<ClusterMember> join(NodeConfig.Cluster cluster) {
    return ClusteredVertx.start(cluster).map(vertx -> new ClusterMember(vertx, members(vertx) - 1));
  }

  /** What the cluster knows of this member's addresses. */
  public Registrations registrations() {
    return manager();
  }

  /** Returns what tells, on any thread, whether some member listens at the address. */
  public BooleanSupplier watch(String address) {
    return manager().watch(address);
  }

  private OrderlyClusterManager manager() {
    return (OrderlyClusterManager) ((VertxInternal) vertx).clusterManager();
  }

  private static int members(Vertx vertx) {
    return ((VertxInternal) vertx).clusterManager().getNodes().size();
  }
}
