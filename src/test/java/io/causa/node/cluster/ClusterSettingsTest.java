package io.causa.node.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.vertx.core.eventbus.EventBusOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClusterSettingsTest {
  private final NodeConfig.Cluster cluster =
      load(
          Map.of(
              "cluster.name", "mine",
              "cluster.host", "0.0.0.0",
              "cluster.port", "5799",
              "cluster.publicHost", "127.0.0.2",
              "cluster.busPort", "7001"));
  private final Config hazelcast = HazelcastSettings.of(cluster, List.of());
  private final EventBusOptions bus = BusSettings.of(cluster);

  @Test
  void nothingIsDiscoveredThatWasNotConfigured() {
    JoinConfig join = hazelcast.getNetworkConfig().getJoin();

    assertThat(join.getMulticastConfig().isEnabled()).isFalse();
    assertThat(join.getAutoDetectionConfig().isEnabled()).isFalse();
    assertThat(join.getTcpIpConfig().isEnabled()).isTrue();
    assertThat(hazelcast.getNetworkConfig().isPortAutoIncrement()).isFalse();
  }

  @Test
  void hazelcastBindsAndPublishesWhatIsConfigured() {
    assertThat(hazelcast.getClusterName()).isEqualTo("mine");
    assertThat(hazelcast.getProperty("hazelcast.local.localAddress")).isEqualTo("0.0.0.0");
    assertThat(hazelcast.getNetworkConfig().getPort()).isEqualTo(5799);
    assertThat(hazelcast.getNetworkConfig().getPublicAddress()).isEqualTo("127.0.0.2:5799");
  }

  @Test
  void theRegistrationsSurviveTwoMembers() {
    assertThat(hazelcast.getMultiMapConfig("__vertx.subs").getBackupCount()).isEqualTo(2);
    assertThat(hazelcast.getMapConfig("__vertx.nodeInfo").getBackupCount()).isEqualTo(2);
    assertThat(hazelcast.getMapConfig("__vertx.haInfo").getBackupCount()).isEqualTo(2);
  }

  @Test
  void hazelcastCallsNobodyOutside() {
    assertThat(hazelcast.getProperty("hazelcast.phone.home.enabled")).isEqualTo("false");
  }

  @Test
  void theTimesAreTheConfiguredOnes() {
    assertThat(hazelcast.getProperty("hazelcast.heartbeat.interval.seconds")).isEqualTo("1");
    assertThat(hazelcast.getProperty("hazelcast.max.no.heartbeat.seconds")).isEqualTo("12");
    assertThat(hazelcast.getProperty("hazelcast.merge.first.run.delay.seconds")).isEqualTo("4");
    assertThat(hazelcast.getProperty("hazelcast.merge.next.run.delay.seconds")).isEqualTo("4");
    assertThat(bus.getClusterPingInterval()).isEqualTo(2000);
    assertThat(bus.getClusterPingReplyInterval()).isEqualTo(2000);
    assertThat(bus.getConnectTimeout()).isEqualTo(2000);
    assertThat(bus.getReconnectAttempts()).isEqualTo(3);
    assertThat(bus.getReconnectInterval()).isEqualTo(500);
  }

  @Test
  void theBusBindsAndPublishesWhatIsConfigured() {
    assertThat(bus.getHost()).isEqualTo("0.0.0.0");
    assertThat(bus.getPort()).isEqualTo(7001);
    assertThat(bus.getClusterPublicHost()).isEqualTo("127.0.0.2");
  }

  @Test
  void aNameWhoseAddressChangedIsLookedUpAgain() {
    assertThat(ClusteredVertx.resolver().getCacheMaxTimeToLive()).isEqualTo(1);
  }

  private static NodeConfig.Cluster load(Map<String, String> flags) {
    return NodeConfigLoader.load(flags, Map.of(), Optional.empty()).cluster();
  }
}
