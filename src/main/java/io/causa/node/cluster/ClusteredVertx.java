package io.causa.node.cluster;

import io.causa.node.config.NodeConfig;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.dns.AddressResolverOptions;
import java.security.Security;

/**
 * Starts a Vert.x that is a member of the cluster. Everything it binds, and everyone it asks, is
 * configured.
 */
public final class ClusteredVertx {
  private static final int NAME_LIFE_SECONDS = 1;

  private static final int LEAST_EVENT_LOOPS = 2;

  private ClusteredVertx() {}

  /**
   * As {@link #start(NodeConfig.Cluster, VertxOptions)}, with one event loop for each core. Vert.x
   * makes twice as many; then a loop that is handed work is asleep more often, and has to be woken.
   */
  public static Future<Vertx> start(NodeConfig.Cluster cluster) {
    return start(cluster, new VertxOptions().setEventLoopPoolSize(eventLoops()));
  }

  private static int eventLoops() {
    return Math.max(LEAST_EVENT_LOOPS, Runtime.getRuntime().availableProcessors());
  }

  /**
   * Joins the cluster, or founds it when none of the contacts answers within its head start ({@code
   * cluster.contactWaitMillis}, up to twice that for nodes late in the contact list).
   *
   * @param options further options; those of the event bus and of the address resolver are replaced
   * @return the member, once it has joined; it fails if the Hazelcast port or the bus port cannot
   *     be bound
   */
  public static Future<Vertx> start(NodeConfig.Cluster cluster, VertxOptions options) {
    forgetNamesSoon();
    return Vertx.builder()
        .with(
            new VertxOptions(options)
                .setEventBusOptions(BusSettings.of(cluster))
                .setAddressResolverOptions(resolver()))
        .withClusterManager(new OrderlyClusterManager(cluster, FoundingOrder.of(cluster)))
        .buildClustered();
  }

  /**
   * A container that starts again may have another address under its old name. The name servers of
   * container engines let the old answer live for minutes, in which no peer would reach the node.
   */
  static AddressResolverOptions resolver() {
    return new AddressResolverOptions().setCacheMaxTimeToLive(NAME_LIFE_SECONDS);
  }

  /**
   * The same for Java's own resolver, which Hazelcast uses. Where names appear as machines start,
   * it would also believe for ten seconds that a contact does not exist, and this node would found
   * a cluster of its own beside it.
   */
  private static void forgetNamesSoon() {
    String seconds = Integer.toString(NAME_LIFE_SECONDS);
    Security.setProperty("networkaddress.cache.ttl", seconds);
    Security.setProperty("networkaddress.cache.negative.ttl", seconds);
  }
}
