package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.ALONE;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.SETTINGS;
import static io.causa.replication.Fixtures.WRITE_BYTES;
import static io.causa.replication.Fixtures.page;
import static io.causa.replication.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.identity.Incarnation;
import io.causa.membership.Capabilities;
import io.causa.replication.Action.Acked;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.Action.Send;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.Receipt;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The replica is a, in session 5, with ten writes of its own; its peer b is in session 1. */
class AckTest {

  private static final VersionVector NOTHING = VersionVector.EMPTY;
  private static final long SESSION = 5;

  private final Replicator replicator =
      new Replicator(
          A,
          "http://a",
          SETTINGS,
          vector(A, 10),
          NOTHING,
          ALONE,
          Incarnation.found(SESSION, 10),
          SnapshotRoom.UNLIMITED);

  @BeforeEach
  void start() {
    replicator.start(1, 0);
    meet(Capabilities.OWN);
  }

  /** The peer has writes 1 to 4, and 5 to 10 are under way to it. */
  private void meet(Capabilities understands) {
    replicator.hear(
        Channel.CONTROL,
        new Digest(B, 1, 1, vector(A, 4), vector(A, 4), NOTHING, ALONE, SESSION, understands),
        0);
    for (Optional<ReadLog> read = read(); read.isPresent(); read = read()) {
      replicator.logRead(read.get(), page(read.get()), NOTHING, 0);
    }
  }

  private Optional<ReadLog> read() {
    return replicator.takeActions().stream()
        .filter(ReadLog.class::isInstance)
        .map(ReadLog.class::cast)
        .findFirst();
  }

  @Test
  void aBatchIsAnsweredWithHowMuchOfItsSendersWritesIsHere() {
    receive();

    assertThat(sent()).containsExactly(new Ack(A, SESSION, B, 1, 3, 0));
  }

  @Test
  void aPeerThatDoesNotReadAcksGetsADigest() {
    Replica c = new Replica("c", 1);
    replicator.hear(
        Channel.CONTROL, new Digest(c, 1, 1, NOTHING, NOTHING, NOTHING, ALONE, SESSION), 0);
    replicator.takeActions();

    replicator.receivedBatch(new Receipt(vector(c, 3), NOTHING), c, false, 1);
    assertThat(sent()).singleElement().isInstanceOf(Digest.class);
  }

  @Test
  void whatIsAppliedIsSaidOnceWithTheNextTick() {
    receive();
    replicator.applied(vector(A, 10).join(vector(B, 3)), 20);
    sent();

    replicator.tick(50);
    assertThat(sent()).containsExactly(new Ack(A, SESSION, B, 1, 3, 3));
    replicator.tick(100);
    assertThat(sent()).isEmpty();
  }

  @Test
  void anAckMovesTheStreamAndAnswersWhoWaits() {
    replicator.awaitAcks(7, 6, 1, 10_000);
    hear(new Ack(B, 1, A, SESSION, 9, 6), 1);

    List<Action> actions = replicator.takeActions();
    assertThat(actions).contains(new Acked(7, 1));
    assertThat(replicator.view(1).peers().get(0).applied()).isEqualTo(vector(A, 6));
    assertThat(inFlightBytes()).as("of write 10").isEqualTo(WRITE_BYTES);
  }

  @Test
  void anOvertakenAckDoesNoHarm() {
    hear(new Ack(B, 1, A, SESSION, 9, 6), 1);
    hear(new Ack(B, 1, A, SESSION, 7, 5), 2);

    assertThat(replicator.view(2).peers().get(0).applied()).isEqualTo(vector(A, 6));
    assertThat(inFlightBytes()).as("of write 10").isEqualTo(WRITE_BYTES);
  }

  @Test
  void anAckBetweenOtherSessionsOrOfOtherWritesCountsForNothing() {
    hear(new Ack(B, 2, A, SESSION, 9, 9), 1);
    hear(new Ack(B, 1, A, SESSION - 1, 9, 9), 1);
    hear(new Ack(B, 1, new Replica("a", 2), SESSION, 9, 9), 1);
    hear(new Ack(new Replica("b", 2), 1, A, SESSION, 9, 9), 1);
    hear(new Ack(B, 1, A, SESSION, 11, 9), 1);
    hear(new Ack(B, 1, A, SESSION, 9, 11), 1);

    assertThat(replicator.view(1).peers().get(0).applied()).isEqualTo(vector(A, 4));
    assertThat(inFlightBytes()).as("of writes 5 to 10").isEqualTo(6 * WRITE_BYTES);
  }

  private void receive() {
    replicator.receivedBatch(new Receipt(vector(B, 3), NOTHING), B, false, 1);
  }

  private void hear(Ack ack, long nowMillis) {
    replicator.hear(Channel.CONTROL, ack, nowMillis);
  }

  private List<PeerMessage> sent() {
    return replicator.takeActions().stream()
        .filter(Send.class::isInstance)
        .map(action -> ((Send) action).message())
        .toList();
  }

  private long inFlightBytes() {
    return replicator.view(1).peers().get(0).inFlightBytes();
  }
}
