package io.causa.bench.load;

import com.hazelcast.config.Config;

/** The configuration of a Hazelcast member on loopback that knows where the others are. */
final class LocalMember {

  private static final String HOST = "127.0.0.1";

  private LocalMember() {}

  /**
   * @param port of this member
   * @param contacts the addresses of all members, separated by commas
   */
  static Config config(String cluster, int port, String contacts) {
    Config config = new Config().setClusterName(cluster);
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.setProperty("hazelcast.phone.home.enabled", "false");
    config.setProperty("hazelcast.local.localAddress", HOST);
    config.setProperty("hazelcast.socket.bind.any", "false");
    config.setProperty("hazelcast.wait.seconds.before.join", "0");
    var network = config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
    var join = network.getJoin();
    join.getAutoDetectionConfig().setEnabled(false);
    join.getMulticastConfig().setEnabled(false);
    join.getTcpIpConfig().setEnabled(true).addMember(contacts);
    return config;
  }
}
