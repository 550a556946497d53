package io.causa.node.port;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessMemoryTest {

  private static final long HEAP = 1000;

  @ParameterizedTest
  @CsvSource({
    "-Xss1m, 1000",
    "-XX:MaxDirectMemorySize=5000, 5000",
    "-XX:MaxDirectMemorySize=5k, 5120",
    "-XX:MaxDirectMemorySize=64M, 67108864",
    "-XX:MaxDirectMemorySize=2g, 2147483648",
    "-XX:MaxDirectMemorySize=0, 1000"
  })
  void withoutAFlagBuffersMayTakeAsMuchAsTheHeap(String flag, long directBytes) {
    assertThat(ProcessMemory.of(HEAP, List.of("-Xmx1000", flag, "-ea")))
        .isEqualTo(new ProcessMemory(HEAP, directBytes));
  }

  @ParameterizedTest
  @CsvSource({"5k, 7k, 7168", "7k, 5k, 5120"})
  void theLastOfSeveralCounts(String first, String second, long directBytes) {
    String flag = "-XX:MaxDirectMemorySize=";

    assertThat(ProcessMemory.of(HEAP, List.of(flag + first, flag + second)).directBytes())
        .isEqualTo(directBytes);
  }
}
