package io.causa.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.http.ConnectionBudget.Admission;
import io.causa.node.config.NodeConfig;
import io.causa.node.config.NodeConfigLoader;
import io.causa.node.port.ProcessMemory;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpLoadTest {

  private static final long MEBIBYTE = 1L << 20;

  @Test
  void theDefaultsFitTheMemory() {
    HttpLoad load = of(Map.of(), 256);

    assertThat(load.bodies().limitBytes()).isEqualTo(256 * MEBIBYTE / 10);
    assertThat(load.answers().limitBytes()).isEqualTo(16 * MEBIBYTE);
    assertThat(load.connections().limit()).isEqualTo(910);
    assertThat(of(Map.of(), 1024).connections().limit()).isEqualTo(3640);
  }

  @Test
  void theLargestBodyFitsHoweverSmallTheHeap() {
    assertThat(of(Map.of("http.bodyBytes", "9000000"), 16).bodies().limitBytes())
        .isEqualTo(9_000_000);
    assertThat(of(Map.of(), 1).connections().limit()).isEqualTo(16);
  }

  @Test
  void whatIsSetCounts() {
    HttpLoad load = of(Map.of("http.bodiesUnderWayBytes", "5000000", "http.connections", "7"), 256);

    assertThat(load.bodies().limitBytes()).isEqualTo(5_000_000);
    assertThat(load.connections().limit()).isEqualTo(7);
  }

  @Test
  void beyondTheLimitSomeConnectionsGetAnAnswerAndTheOthersAreClosed() {
    ConnectionBudget budget = new ConnectionBudget(2);
    assertThat(budget.opened()).isEqualTo(Admission.SERVED);
    assertThat(budget.opened()).isEqualTo(Admission.SERVED);
    for (int i = 0; i < ConnectionBudget.SURPLUS; i++) {
      assertThat(budget.opened()).isEqualTo(Admission.SURPLUS);
    }
    assertThat(budget.opened()).isEqualTo(Admission.CLOSED);
    assertThat(budget.refused()).isEqualTo(ConnectionBudget.SURPLUS + 1);

    while (budget.open() > 1) {
      budget.closed();
    }
    assertThat(budget.opened()).isEqualTo(Admission.SERVED);
  }

  private static HttpLoad of(Map<String, String> settings, long mebibytes) {
    NodeConfig config = NodeConfigLoader.load(settings, Map.of(), Optional.empty());
    return HttpLoad.of(
        config.http(), new ProcessMemory(mebibytes * MEBIBYTE, mebibytes * MEBIBYTE));
  }
}
