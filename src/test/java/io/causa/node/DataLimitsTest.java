package io.causa.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.core.DataLimit;
import io.causa.node.config.ConfigException;
import io.causa.node.config.NodeConfig;
import org.junit.jupiter.api.Test;

class DataLimitsTest {

  private static final long HEAP = 1000 << 20;

  @Test
  void theDefaultsAreSharesOfTheHeap() {
    assertThat(DataLimits.of(store(0, 0), HEAP)).isEqualTo(new DataLimit(360 << 20, 40 << 20));
  }

  @Test
  void whatIsConfiguredCounts() {
    assertThat(DataLimits.of(store(5000, 0), HEAP)).isEqualTo(new DataLimit(5000, 40 << 20));
    assertThat(DataLimits.of(store(0, 7), HEAP)).isEqualTo(new DataLimit(360 << 20, 7));
  }

  @Test
  void moreThanTheHeapCanHoldIsRefusedWithTheHeapThatCan() {
    assertThatThrownBy(() -> DataLimits.of(store(700 << 20, 0), HEAP))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("store.dataBytes is 734003200")
        .hasMessageContaining("-Xmx1058m");
  }

  private static NodeConfig.Store store(long dataBytes, long reserveBytes) {
    return new NodeConfig.Store(dataBytes, reserveBytes, 1, 1024, 1, 1024, 1, 1024, 1, 1024, 1000);
  }
}
