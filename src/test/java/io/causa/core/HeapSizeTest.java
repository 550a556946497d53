package io.causa.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeapSizeTest {

  private static final int MEBIBYTE = 1 << 20;

  @Test
  void aLargeArrayHasRegionsOfItsOwn() {
    assertThat(HeapSize.ofArray(1000)).isEqualTo(1016);
    assertThat(HeapSize.ofArray(600_000)).isEqualTo(MEBIBYTE);
    assertThat(HeapSize.ofArray(MEBIBYTE)).isEqualTo(2 * MEBIBYTE);
  }

  @Test
  void aContextOfManyReplicasCountsEachOfThem() {
    List<Dot> forged =
        IntStream.range(0, 1000).mapToObj(i -> new Dot(new Replica("r" + i, 1), 9)).toList();

    assertThat(HeapSize.of(VersionVector.of(forged))).isGreaterThan(100_000);
  }

  @Test
  void aSmallMutationCountsItsObjects() {
    Proposal delete = new Proposal(1, List.of(new Mutation.Delete("k")), 0);
    Proposal put = new Proposal(1, List.of(new Mutation.Put("k", Value.text("v"))), 0);

    assertThat(delete.heapBytes()).isGreaterThan(100);
    assertThat(put.heapBytes()).isGreaterThan(delete.heapBytes() + 50);
  }
}
