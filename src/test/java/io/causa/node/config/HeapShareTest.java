package io.causa.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All budgets of bytes together leave most of the heap to the data. */
class HeapShareTest {

  private static final long MEBIBYTE = 1L << 20;
  private static final long SMALL_HEAP = 256 * MEBIBYTE;

  @Test
  void togetherTheyAreAThirdOfASmallHeap() {
    NodeConfig config = config(Map.of("storage.mode", "memory"));

    NodeConfig fitted = HeapShare.fitInto(SMALL_HEAP, config);

    long transfers = fitted.store().snapshotTransfers();
    long all =
        HeapShare.budgets(fitted).values().stream().mapToLong(Long::longValue).sum()
            + (transfers - 1) * fitted.store().snapshotKeptBytes();
    assertThat(all).isBetween(SMALL_HEAP * 30 / 100, SMALL_HEAP * 33 / 100);
    assertThat(fitted.store().heldBytes()).isBetween(12 * MEBIBYTE, 13 * MEBIBYTE);
  }

  @Test
  void onALargeHeapWhatIsConfiguredCounts() {
    NodeConfig config = config(Map.of("storage.mode", "memory"));

    assertThat(HeapShare.fitInto(1L << 40, config)).isEqualTo(config);
  }

  @Test
  void whatIsConfiguredIsCutToItsShareAndNeverRaised() {
    NodeConfig config =
        config(Map.of("store.heldBytes", "1073741824", "store.parkedBytes", "2048"));

    NodeConfig fitted = HeapShare.fitInto(SMALL_HEAP, config);

    assertThat(fitted.store().heldBytes()).isEqualTo(SMALL_HEAP / 100 * 5);
    assertThat(fitted.store().parkedBytes()).isEqualTo(2048);
    assertThat(fitted.http()).isEqualTo(config.http());
  }

  @Test
  void aLogOnTheDiskIsNotCut() {
    NodeConfig config = config(Map.of());

    assertThat(HeapShare.fitInto(SMALL_HEAP, config).storage()).isEqualTo(config.storage());
  }

  @Test
  void whatIsKeptForAllTransfersTogetherIsOneShare() {
    NodeConfig fitted =
        HeapShare.fitInto(SMALL_HEAP, config(Map.of("store.snapshotTransfers", "3")));

    assertThat(fitted.store().snapshotKeptBytes()).isEqualTo(SMALL_HEAP / 100 * 3 / 3);
  }

  @Test
  void everyShareIsDocumented() throws IOException {
    String settings = Files.readString(Path.of("conf", "causa.yaml"));
    List<String> operations = Files.readAllLines(Path.of("docs", "operations.md"));

    assertThat(HeapShare.values())
        .allSatisfy(
            share -> {
              String key = share.key().substring(share.key().indexOf('.') + 1);
              String percent = share.percent() + " %";
              assertThat(settings)
                  .containsPattern(
                      "(?s)at most\\s+(# )?\\s*"
                          + percent
                          + " of the heap[^:]*\\n  #?"
                          + key
                          + ":");
              assertThat(operations)
                  .anyMatch(
                      line ->
                          line.startsWith("| `" + share.key() + "` |")
                              && line.contains("| " + percent + " |"));
            });
    assertThat(Arrays.stream(HeapShare.values()).mapToInt(HeapShare::percent).sum())
        .isLessThanOrEqualTo(33);
  }

  private static NodeConfig config(Map<String, String> settings) {
    return NodeConfigLoader.load(settings, Map.of(), Optional.empty());
  }
}
