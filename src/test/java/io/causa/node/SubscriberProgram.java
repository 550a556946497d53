package io.causa.node;

import com.hazelcast.config.Config;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBusOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.spi.cluster.hazelcast.HazelcastClusterManager;
import java.io.IOException;

/**
 * Somebody else's Vert.x program: joins the cluster as any member would, with nothing of Causa, and
 * prints the applied writes of one node. It ends when its input does.
 */
final class SubscriberProgram {

  /** What the lines with events start with, among those of the log. */
  static final String EVENT = "applied ";

  private SubscriberProgram() {}

  /**
   * @param args the cluster's name, the Hazelcast contact, and the node whose writes are wanted
   */
  public static void main(String[] args) throws IOException {
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventBusOptions(new EventBusOptions().setHost("127.0.0.1")))
            .withClusterManager(new HazelcastClusterManager(hazelcast(args[0], args[1])))
            .buildClustered()
            .await();
    vertx
        .eventBus()
        .<JsonObject>consumer(
            "causa.applied." + args[2], event -> System.out.println(EVENT + event.body().encode()))
        .completion()
        .await();
    System.out.println("subscribed");
    int read = 0;
    while (read >= 0) {
      read = System.in.read();
    }
    vertx.close().await();
  }

  private static Config hazelcast(String clusterName, String contact) {
    Config config = new Config().setClusterName(clusterName);
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.partition.count", "31");
    config.setProperty("hazelcast.local.localAddress", "127.0.0.1");
    config.setProperty("hazelcast.socket.bind.any", "false");
    var network = config.getNetworkConfig();
    var join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember(contact);
    return config;
  }
}
