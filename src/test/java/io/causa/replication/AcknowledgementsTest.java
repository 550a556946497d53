package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.B;
import static io.causa.replication.Fixtures.C;
import static io.causa.replication.Fixtures.SETTINGS;
import static io.causa.replication.Fixtures.digest;
import static io.causa.replication.Fixtures.vector;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.replication.Action.Acked;
import org.junit.jupiter.api.Test;

/** The replica is a; b and c are its peers. */
class AcknowledgementsTest {

  private final Peers peers = new Peers(SETTINGS);
  private final Outbox outbox = new Outbox();
  private final Acknowledgements acks = new Acknowledgements(A, peers, outbox);
  private long digests;

  @Test
  void whatEnoughPeersHaveIsAnsweredAtOnce() {
    applied(B, 5);
    applied(C, 6);

    acks.await(1, 5, 2, 1000);

    assertThat(outbox.take()).containsExactly(new Acked(1, 2));
  }

  @Test
  void aWaitIsAnsweredWhenEnoughPeersHaveTheWriteAndOnlyOnce() {
    acks.await(1, 5, 2, 1000);
    applied(B, 5);
    assertThat(outbox.take()).isEmpty();

    applied(C, 6);
    assertThat(outbox.take()).containsExactly(new Acked(1, 2));
    applied(C, 7);
    assertThat(outbox.take()).isEmpty();
  }

  @Test
  void aPeerThatHasEarlierWritesOnlyAnswersNothingLater() {
    acks.await(1, 5, 1, 1000);
    acks.await(2, 7, 1, 1000);

    applied(B, 5);

    assertThat(outbox.take()).containsExactly(new Acked(1, 1));
  }

  @Test
  void whenTheTimeIsUpTheAnswerIsHowManyHaveIt() {
    acks.await(1, 5, 3, 1000);
    acks.await(2, 5, 3, 2000);
    applied(B, 5);

    acks.expire(999);
    assertThat(outbox.take()).isEmpty();
    acks.expire(1000);
    assertThat(outbox.take()).containsExactly(new Acked(1, 1));
    applied(C, 5);
    acks.expire(2000);
    assertThat(outbox.take()).containsExactly(new Acked(2, 2));
  }

  @Test
  void oneMoreThanMayWaitIsAnsweredWithWhatIsKnown() {
    for (int ticket = 0; ticket < Acknowledgements.MAX_WAITS; ticket++) {
      acks.await(ticket, ticket + 1, 1, 1000);
    }
    assertThat(outbox.take()).isEmpty();

    acks.await(-1, 1, 1, 1000);
    assertThat(outbox.take()).containsExactly(new Acked(-1, 0));

    acks.expire(1000);
    assertThat(outbox.take()).hasSize(Acknowledgements.MAX_WAITS);
    acks.await(-2, 1, 1, 2000);
    assertThat(outbox.take()).as("there is room again").isEmpty();
  }

  private void applied(Replica peer, long sequence) {
    Peer met = peers.meet(peer, 1, 0).orElseThrow().peer();
    met.accept(digest(peer, ++digests, vector(A, sequence)), A, 0);
    acks.reached(sequence);
  }
}
