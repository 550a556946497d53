package io.causa.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes and messages between many engines: the same in each run, so they can be promised. */
class ScaleTest {

  /** Everything that is sent besides keys and values, under load: batches of 16 writes and more. */
  @ParameterizedTest
  @CsvSource({"3, 3, 100000, 16", "3, 1, 100000, 8", "10, 1, 100000, 12"})
  void aWriteUnderLoadCostsAFewBytesBesidesKeyAndValue(
      int nodes, int writers, int perSecond, double mostBytes) {
    ScaleCluster cluster = new ScaleCluster(nodes);
    cluster.network().count();

    cluster.write(writers, perSecond, 0.05);
    cluster.converge();

    assertThat(cluster.network().traffic().metadataPerWrite()).isLessThan(mostBytes);
  }

  /** A hundred nodes have written; batches of 128 writes and more stay below 32 bytes a write. */
  @ParameterizedTest
  @CsvSource({"3, 16, 16", "100, 128, 32", "100, 256, 16"})
  void aBatchAmongManyNodesThatAreQuietCostsAFewBytesAWrite(
      int nodes, int writes, double mostBytes) {
    assertThat(ScaleBatches.metadataPerWrite(nodes, writes, 0)).isLessThan(mostBytes);
  }

  /** Ten nodes: a digest has 260 bytes more than at three, an acknowledgement none. */
  @Test
  void anAnswerToABatchIsNoLongerAmongMoreNodes() {
    assertThat(ackBytes(10)).isEqualTo(ackBytes(3)).isPositive();
  }

  private static double ackBytes(int nodes) {
    ScaleCluster cluster = new ScaleCluster(nodes);
    cluster.network().count();
    cluster.write(1, 100, 0.1);
    ScaleTraffic traffic = cluster.network().traffic();
    assertThat(traffic.acks).isGreaterThanOrEqualTo(10L * (nodes - 1));
    return (double) (traffic.ackBytes / traffic.acks);
  }
}
