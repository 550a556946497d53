package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.membership.Capabilities;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec.Decoded;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a decoder remembers of one message changes nothing of what it reads in the next. */
class PeerDecoderTest {

  private final PeerDecoder decoder = new PeerDecoder();

  @Test
  void replicasThatComeAgainAreTheSameObjects() {
    List<Write> writes = WriteSamples.alternating(3, 20);

    WriteBatch first = (WriteBatch) decode(new WriteBatch(Samples.NODE1, false, writes));
    WriteBatch second = (WriteBatch) decode(new WriteBatch(Samples.NODE1, true, writes));

    assertThat(second.writes()).isEqualTo(writes);
    assertThat(second.sender()).isSameAs(first.sender());
    assertThat(second.writes().get(0).origin()).isSameAs(first.writes().get(0).origin());
  }

  @Test
  void aRosterThatComesAgainIsTheSameObject() {
    Roster roster = Roster.EMPTY.declare(Samples.NODE1).declare(Samples.NODE2);

    Digest first = (Digest) decode(digest(1, roster));
    Digest second = (Digest) decode(digest(2, roster));

    assertThat(second).isEqualTo(digest(2, roster));
    assertThat(second.roster()).isSameAs(first.roster());
  }

  @Test
  void aRosterThatHasChangedIsRead() {
    Roster roster = Roster.EMPTY.declare(Samples.NODE1).declare(Samples.NODE2);
    Roster without = roster.forget(Samples.NODE2);
    decode(digest(1, roster));

    assertThat(decode(digest(2, without))).isEqualTo(digest(2, without));
    assertThat(decode(digest(3, roster))).isEqualTo(digest(3, roster));
  }

  @Test
  void messagesOfManySendersInTurnAreReadAsTheyWereSent() {
    for (int round = 0; round < 3; round++) {
      for (int i = 1; i <= 20; i++) {
        Roster roster = Roster.EMPTY.declare(new Replica("n" + i, i)).declare(Samples.NODE1);
        assertThat(decode(digest(i, roster))).isEqualTo(digest(i, roster));
      }
    }
  }

  private PeerMessage decode(PeerMessage message) {
    return ((Decoded.Message) decoder.decode(PeerCodec.encode(message))).message();
  }

  private static Digest digest(long number, Roster roster) {
    return new Digest(
        Samples.NODE1,
        1,
        number,
        VersionVector.EMPTY,
        VersionVector.EMPTY,
        VersionVector.EMPTY,
        roster,
        0,
        Capabilities.OWN);
  }
}
