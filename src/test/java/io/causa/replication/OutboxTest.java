package io.causa.replication;

import static io.causa.replication.Fixtures.A;
import static io.causa.replication.Fixtures.B;
import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.VersionVector;
import io.causa.identity.Standing;
import io.causa.replication.Action.Expelled;
import io.causa.replication.Action.Rejoin;
import io.causa.replication.Action.Renew;
import io.causa.replication.message.PeerMessage;
import org.junit.jupiter.api.Test;

class OutboxTest {

  private static final Expelled END = new Expelled(A, Standing.renounced(3));

  private final Outbox outbox = new Outbox();

  @Test
  void actionsAreTakenOnceInTheirOrder() {
    outbox.add(new Rejoin("a"));
    outbox.add(new Renew("b"));

    assertThat(outbox.take()).containsExactly(new Rejoin("a"), new Renew("b"));
    assertThat(outbox.take()).isEmpty();
  }

  @Test
  void ofTheTurnThatEndsOnlyTheEndIsLeft() {
    outbox.add(new Renew("before"));
    outbox.add(END);
    outbox.add(new Renew("behind"));

    assertThat(outbox.take()).containsExactly(END);
  }

  @Test
  void nothingComesAfterTheEnd() {
    outbox.add(END);
    outbox.take();

    outbox.add(new Action.Stable(VersionVector.EMPTY));
    outbox.send("b", new PeerMessage.Presence(B, 1, ""));

    assertThat(outbox.take()).isEmpty();
  }
}
