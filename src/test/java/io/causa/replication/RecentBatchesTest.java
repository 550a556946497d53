package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.writes;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Which batch of another peer is sent to one that needs some writes; a write has 100 bytes. */
class RecentBatchesTest {

  private final RecentBatches recent = new RecentBatches(500, 1000);

  @Test
  void whoNeedsTheSameGetsTheSameBatch() {
    OwnBatch batch = add(11, 13);

    assertThat(recent.find(11, 13)).containsSame(batch);
  }

  @Test
  void aBatchThatBeginsALittleEarlierServesToo() {
    OwnBatch batch = add(11, 14);

    assertThat(recent.find(13, 14)).containsSame(batch);
    assertThat(recent.find(14, 14)).as("three of four writes are there already").isEmpty();
  }

  @Test
  void nothingIsFoundThatTheBatchesDoNotHave() {
    add(11, 13);

    assertThat(recent.find(10, 13)).isEmpty();
    assertThat(recent.find(14, 20)).isEmpty();
  }

  @Test
  void nothingLeavesThatMayNot() {
    add(11, 13);

    assertThat(recent.find(11, 12)).isEmpty();
  }

  @Test
  void whoLagsReadsTheLogRatherThanGetTheSmallBatchesOfOthers() {
    add(11, 12);

    assertThat(recent.find(11, 14)).isPresent();
    assertThat(recent.find(11, 15)).isEmpty();
  }

  @Test
  void aLargeBatchServesWhoLags() {
    OwnBatch batch = add(11, 13);

    assertThat(recent.find(11, 99)).containsSame(batch);
  }

  @Test
  void theLatestOfSeveralIsFound() {
    add(11, 12);
    OwnBatch later = add(11, 15);

    assertThat(recent.find(11, 15)).containsSame(later);
  }

  @Test
  void theBytesAreBounded() {
    add(11, 15);
    add(16, 20);
    assertThat(recent.find(11, 15)).isPresent();

    add(21, 21);

    assertThat(recent.find(11, 15)).isEmpty();
    assertThat(recent.find(16, 20)).isPresent();
  }

  @Test
  void aBatchBeyondTheBoundIsNotKept() {
    add(11, 21);

    assertThat(recent.find(11, 21)).isEmpty();
  }

  @Test
  void theNumberIsBounded() {
    RecentBatches many = new RecentBatches(500, 1 << 20);
    for (int i = 0; i <= RecentBatches.MOST; i++) {
      many.add(OwnBatch.of(A, writes(A, 1 + i, 1 + i)));
    }
    assertThat(many.find(1, 1)).isEmpty();
    assertThat(many.find(2, 2)).isPresent();
  }

  private OwnBatch add(long first, long last) {
    OwnBatch batch = OwnBatch.of(A, writes(A, first, last));
    recent.add(batch);
    return batch;
  }
}
