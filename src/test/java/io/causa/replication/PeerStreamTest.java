package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.SETTINGS;
import static io.causa.replication.Fixtures.page;
import static io.causa.replication.Fixtures.writes;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.core.Write;
import io.causa.replication.Action.ReadLog;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PeerStreamTest {

  private static final long OWN = 100;

  private final PeerStream stream = new PeerStream(10, SETTINGS);
  private long tickets;

  @Test
  void itBeginsBehindWhatThePeerHasReceived() {
    assertThat(next()).hasValueSatisfying(read -> assertThat(read.from()).isEqualTo(11));
  }

  @Test
  void oneReadOfTheLogIsUnderWayAtATime() {
    next();

    assertThat(next()).isEmpty();
  }

  @Test
  void nothingIsReadWhenThePeerHasEverything() {
    assertThat(stream.isDue(10)).isFalse();
  }

  @Test
  void batchesFollowOneAnotherUntilTheWindowIsFull() {
    assertThat(sequences(sendNext(0))).containsExactly(11L, 12L, 13L, 14L, 15L);
    assertThat(sequences(sendNext(0))).containsExactly(16L, 17L, 18L, 19L, 20L);

    assertThat(next()).isEmpty();
    assertThat(stream.inFlightBytes()).isEqualTo(1000);
  }

  @Test
  void whileSomeBatchesAreUnderWaySmallOnesWaitAndGrow() {
    ReplicationSettings wide =
        new ReplicationSettings(500, 5000, 1000, 8000, 500, 3000, 700, 1000, 500, 3000, 10_000);
    PeerStream busy = new PeerStream(0, wide);
    for (long own = 1; own <= PeerStream.SMALL_BATCHES; own++) {
      assertThat(busy.isDue(own)).isTrue();
      busy.sent(OwnBatch.of(A, writes(A, own, own)), 0);
    }

    assertThat(busy.isDue(6)).isFalse();
    assertThat(busy.isDue(7)).as("five writes of 100 bytes fill a batch").isTrue();
    assertThat(busy.next()).isEqualTo(3);
  }

  @Test
  void aBatchMayBeginBeforeWhatThePeerNeeds() {
    stream.sent(OwnBatch.of(A, writes(A, 9, 13)), 0);

    assertThat(stream.next()).isEqualTo(14);
    stream.acknowledge(13, 1);
    assertThat(stream.inFlightBytes()).isZero();
  }

  @Test
  void anAcknowledgementOpensTheWindow() {
    sendNext(0);
    sendNext(0);

    stream.acknowledge(15, 1);

    assertThat(stream.inFlightBytes()).isEqualTo(500);
    assertThat(sequences(sendNext(1))).startsWith(21L);
  }

  @Test
  void whatThePeerGotElsewhereIsNotSent() {
    sendNext(0);

    stream.acknowledge(50, 1);

    assertThat(stream.inFlightBytes()).isZero();
    assertThat(sequences(sendNext(1))).startsWith(51L);
  }

  @Test
  void aReadThatAnAcknowledgementOvertookIsNotSent() {
    ReadLog read = next().orElseThrow();
    stream.acknowledge(30, 1);

    assertThat(stream.accept(read, true)).isFalse();
    assertThat(next()).hasValueSatisfying(again -> assertThat(again.from()).isEqualTo(31));
  }

  @Test
  void aReadForAnEarlierStreamIsNotSent() {
    ReadLog other = read(stream);
    next();

    assertThat(stream.accept(other, true)).isFalse();
  }

  @Test
  void afterTheTimeoutOneBatchIsSentAsAProbeFromTheAcknowledgedPosition() {
    sendNext(0);
    sendNext(0);
    stream.acknowledge(12, 100);

    stream.expire(1099);
    assertThat(next()).isEmpty();
    stream.expire(1100);

    assertThat(sequences(sendNext(1100))).containsExactly(13L, 14L, 15L, 16L, 17L);
    assertThat(next()).isEmpty();
  }

  @Test
  void theTimeoutDoublesUpToItsBoundUntilThereIsProgress() {
    long nowMillis = 0;
    sendNext(nowMillis);
    sendNext(nowMillis);
    for (long timeoutMillis : List.of(1000L, 2000L, 4000L, 8000L, 8000L)) {
      stream.expire(nowMillis + timeoutMillis - 1);
      assertThat(next()).as("before %d ms", timeoutMillis).isEmpty();
      nowMillis += timeoutMillis;
      stream.expire(nowMillis);
      assertThat(sendNext(nowMillis)).as("after %d ms", timeoutMillis).isNotEmpty();
    }

    stream.acknowledge(15, nowMillis);
    sendNext(nowMillis);
    sendNext(nowMillis);
    assertThat(stream.inFlightBytes()).as("the window is open again").isEqualTo(1000);
    stream.expire(nowMillis + 1000);
    assertThat(sequences(sendNext(nowMillis + 1000))).startsWith(16L);
  }

  @Test
  void progressOfThePeerElsewhereEndsTheBackoff() {
    sendNext(0);
    stream.expire(1000);
    sendNext(1000);

    stream.encourage();
    stream.expire(2000);

    assertThat(sendNext(2000)).isNotEmpty();
  }

  @Test
  void aPeerThatWakesUpIsProbedAtOnce() {
    sendNext(0);

    stream.wake();

    assertThat(sequences(sendNext(1))).startsWith(11L);
  }

  @Test
  void anEmptyReadMeansThatThePeerIsBehindTheLogAndIsNotRepeated() {
    ReadLog read = next().orElseThrow();

    assertThat(stream.accept(read, false)).isFalse();

    assertThat(stream.isBehindLog()).isTrue();
    stream.expire(100_000);
    assertThat(next()).isEmpty();
    stream.acknowledge(40, 0);
    assertThat(stream.isBehindLog()).isFalse();
    assertThat(next()).isPresent();
  }

  private Optional<ReadLog> next() {
    if (!stream.isDue(OWN)) {
      return Optional.empty();
    }
    ReadLog read = read(stream);
    stream.await(read);
    return Optional.of(read);
  }

  private ReadLog read(PeerStream of) {
    return new ReadLog(++tickets, "b", false, A, of.next(), OWN, SETTINGS.batchBytes());
  }

  private List<Write> sendNext(long nowMillis) {
    ReadLog read = next().orElseThrow();
    assertThat(stream.accept(read, true)).isTrue();
    List<Write> found = page(read);
    stream.sent(OwnBatch.of(A, found), nowMillis);
    return found;
  }

  private static List<Long> sequences(List<Write> writes) {
    return writes.stream().map(write -> write.dot().sequence()).toList();
  }
}
