package io.causa.node.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MetricsConfig;
import com.hazelcast.config.NetworkConfig;
import io.causa.node.config.Endpoint;
import io.causa.node.config.NodeConfig;
import java.util.List;

/**
 * What Hazelcast is told. It keeps the membership and the addresses of the event bus, a few hundred
 * bytes in all, so it gets few threads and few partitions; everything it could find out by itself
 * is switched off and given instead.
 */
final class HazelcastSettings {
  /**
   * All members must agree on it, which is why it is no setting. The default of 271 only costs time
   * at each join.
   */
  private static final int PARTITIONS = 31;

  /** With two backups any two of the members may die at once and no registration is lost. */
  private static final int BACKUPS = 2;

  /**
   * Members that leave together wait for each other; what they would hand over is lost on nobody.
   */
  private static final int GRACEFUL_SHUTDOWN_SECONDS = 3;

  /**
   * How long a registration waits for its backups. A backup that arrives while the partition moves
   * is dropped without an answer; with Hazelcast's 5 s each such start would take 5 s longer.
   */
  private static final int BACKUP_ANSWER_MILLIS = 1_000;

  private static final String ONE_THREAD = "1";

  private HazelcastSettings() {}

  /**
   * @param others the contacts that are not this node itself
   */
  static Config of(NodeConfig.Cluster cluster, List<Endpoint> others) {
    Config config = new Config().setClusterName(cluster.name());
    config.setClassLoader(HazelcastSettings.class.getClassLoader());
    config.setNetworkConfig(network(cluster, others));
    config.setMetricsConfig(new MetricsConfig().setEnabled(false));
    setBackups(config);
    setTimes(config, cluster);
    setAddresses(config, cluster);
    setThreads(config);
    setSilence(config);
    // Whoever owns the instance ends it, in its place in the order of a stop.
    config.setProperty("hazelcast.shutdownhook.enabled", "false");
    return config;
  }

  private static NetworkConfig network(NodeConfig.Cluster cluster, List<Endpoint> others) {
    NetworkConfig network = new NetworkConfig().setPort(cluster.port()).setPortAutoIncrement(false);
    network.setPublicAddress(cluster.publicEndpoint().toString());
    JoinConfig join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.setTcpIpConfig(new PresentMembers(others));
    return network;
  }

  private static void setBackups(Config config) {
    config.getMultiMapConfig(Registry.ADDRESSES).setBackupCount(BACKUPS);
    for (String map : List.of("__vertx.haInfo", Registry.NODES)) {
      config.addMapConfig(new MapConfig(map).setBackupCount(BACKUPS));
    }
  }

  private static void setTimes(Config config, NodeConfig.Cluster cluster) {
    set(config, "hazelcast.wait.seconds.before.join", 0);
    set(config, "hazelcast.graceful.shutdown.max.wait", GRACEFUL_SHUTDOWN_SECONDS);
    set(config, "hazelcast.operation.backup.timeout.millis", BACKUP_ANSWER_MILLIS);
    set(config, "hazelcast.heartbeat.interval.seconds", cluster.heartbeatSeconds());
    set(config, "hazelcast.max.no.heartbeat.seconds", cluster.silentMemberSeconds());
    set(config, "hazelcast.mastership.claim.timeout.seconds", cluster.silentMemberSeconds());
    set(config, "hazelcast.merge.first.run.delay.seconds", cluster.mergeSeconds());
    set(config, "hazelcast.merge.next.run.delay.seconds", cluster.mergeSeconds());
  }

  private static void setAddresses(Config config, NodeConfig.Cluster cluster) {
    config.setProperty("hazelcast.local.localAddress", cluster.host());
    config.setProperty("hazelcast.socket.bind.any", "false");
  }

  private static void setThreads(Config config) {
    set(config, "hazelcast.partition.count", PARTITIONS);
    for (String pool :
        List.of(
            "hazelcast.io.thread.count",
            "hazelcast.operation.response.thread.count",
            "hazelcast.operation.priority.generic.thread.count",
            "hazelcast.event.thread.count",
            "hazelcast.clientengine.thread.count",
            "hazelcast.clientengine.query.thread.count",
            "hazelcast.clientengine.blocking.thread.count")) {
      config.setProperty(pool, ONE_THREAD);
    }
    set(config, "hazelcast.operation.thread.count", 2);
    set(config, "hazelcast.operation.generic.thread.count", 2);
  }

  private static void setSilence(Config config) {
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.jmx", "false");
    config.setProperty("hazelcast.health.monitoring.level", "OFF");
    config.setProperty("hazelcast.slow.operation.detector.enabled", "false");
  }

  private static void set(Config config, String property, long value) {
    config.setProperty(property, Long.toString(value));
  }
}
