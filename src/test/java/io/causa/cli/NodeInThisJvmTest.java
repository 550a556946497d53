package io.causa.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeInThisJvmTest {

  @Test
  void anyFreePortBecomesACertainOneBeforeThePeersAreTold() {
    NodeConfig settled = NodeInThisJvm.onKnownPort(withPort("0"));

    assertThat(settled.http().port()).isPositive();
    assertThat(settled.onHttpPort(0)).isEqualTo(withPort("0"));
  }

  @Test
  void aPortThatWasAskedForStays() {
    assertThat(NodeInThisJvm.onKnownPort(withPort("5009"))).isEqualTo(withPort("5009"));
  }

  private static NodeConfig withPort(String port) {
    return NodeConfigLoader.load(Map.of("http.port", port), Map.of(), Optional.empty());
  }
}
