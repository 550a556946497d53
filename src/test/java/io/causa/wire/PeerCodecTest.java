package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Roster;
import io.causa.core.Write;
import io.causa.replication.PeerMessage;
import io.causa.replication.PeerMessage.Digest;
import io.causa.replication.PeerMessage.Presence;
import io.causa.replication.PeerMessage.Pull;
import io.causa.replication.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec.Decoded;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class PeerCodecTest {

  private static final Presence PRESENCE = new Presence(Samples.NODE1, 3, "http://localhost:5001");

  @Provide
  Arbitrary<PeerMessage> messages() {
    return Arbitraries.oneOf(
        presences(),
        digests(),
        pulls(),
        batches(),
        SnapshotSamples.requests(),
        SnapshotSamples.refusals(),
        SnapshotSamples.chunks());
  }

  @Provide
  Arbitrary<List<Write>> streams() {
    return WriteSamples.streams();
  }

  private static Arbitrary<PeerMessage> presences() {
    return Combinators.combine(
            Samples.replicas(), Arbitraries.longs(), Arbitraries.strings().ascii())
        .as(Presence::new);
  }

  private static Arbitrary<PeerMessage> digests() {
    Arbitrary<VersionVector> vectors = Samples.vectors();
    return Combinators.combine(
            Samples.replicas(),
            Arbitraries.longs(),
            Arbitraries.longs(),
            vectors,
            vectors,
            vectors,
            Samples.rosters(),
            Arbitraries.longs())
        .as(Digest::new);
  }

  private static Arbitrary<PeerMessage> pulls() {
    Arbitrary<Long> from = Arbitraries.longs().between(1, 1L << 53);
    Arbitrary<Integer> more = Arbitraries.integers().between(0, Integer.MAX_VALUE);
    return Combinators.combine(Samples.replicas(), Samples.replicas(), from, more)
        .as((sender, origin, first, n) -> new Pull(sender, origin, first, first + n, n));
  }

  private static Arbitrary<PeerMessage> batches() {
    return Combinators.combine(
            Samples.replicas(), Arbitraries.of(true, false), WriteSamples.unrelatedWrites())
        .as(WriteBatch::new);
  }

  @Property(tries = 500)
  void everyMessageIsReadAsItWasWritten(@ForAll("messages") PeerMessage message) {
    assertThat(PeerCodec.decode(PeerCodec.encode(message))).isEqualTo(new Decoded.Message(message));
  }

  @Property(tries = 200)
  void whatReplicasReallyWriteIsReadAsItWasWritten(@ForAll("streams") List<Write> writes) {
    WriteBatch batch = new WriteBatch(Samples.NODE1, true, writes);

    assertThat(PeerCodec.decode(PeerCodec.encode(batch))).isEqualTo(new Decoded.Message(batch));
  }

  @Property(tries = 100)
  void everyTruncatedMessageIsUndecodable(@ForAll("messages") PeerMessage message) {
    byte[] bytes = PeerCodec.encode(message);
    int step = 1 + bytes.length / 200;
    for (int length = 0; length < bytes.length; length += step) {
      assertThat(PeerCodec.decode(Arrays.copyOf(bytes, length)))
          .as("the first %d of %d bytes", length, bytes.length)
          .isInstanceOf(Decoded.Undecodable.class);
    }
  }

  @Property(tries = 200)
  void damagedMessagesNeverThrow(@ForAll("messages") PeerMessage message, @ForAll Random random) {
    byte[] bytes = PeerCodec.encode(message);
    for (int i = 0; i < 100; i++) {
      byte[] damaged = bytes.clone();
      damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      assertThat(PeerCodec.decode(damaged)).isNotNull();
    }
  }

  @Property(tries = 2000)
  void garbageNeverThrows(@ForAll byte[] garbage, @ForAll Random random) {
    byte[] bytes = new byte[garbage.length + 2];
    System.arraycopy(garbage, 0, bytes, 2, garbage.length);
    bytes[0] = PeerCodec.VERSION;
    bytes[1] = (byte) random.nextInt(9);

    assertThat(PeerCodec.decode(bytes)).isNotNull();
    assertThat(PeerCodec.decode(garbage)).isNotNull();
  }

  /** A flipped bit anywhere but in the kind of the message. */
  @Test
  void aChunkOfASnapshotThatWasDamagedIsNeverTaken() {
    byte[] bytes = PeerCodec.encode(SnapshotSamples.example());
    for (int bit = 16; bit < bytes.length * 8; bit++) {
      byte[] damaged = bytes.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);

      assertThat(PeerCodec.decode(damaged)).isInstanceOf(Decoded.Undecodable.class);
    }
  }

  @Test
  void theChecksumOfAChunkIsNamedWhenItDiffers() {
    byte[] bytes = PeerCodec.encode(SnapshotSamples.example());
    bytes[bytes.length - 1] ^= 1;

    assertThat(((Decoded.Undecodable) PeerCodec.decode(bytes)).reason())
        .contains("the CRC-32C of a chunk is");
  }

  /** Digests are many, so what each one carries of the members must be little. */
  @Test
  void aRosterCostsThreeBytesForEachMemberThatHasWritten() {
    Roster roster = Roster.EMPTY;
    VersionVector applied = VersionVector.EMPTY;
    for (int i = 1; i <= 7; i++) {
      Replica member = new Replica("node" + i, 1_700_000_000_000L + i);
      roster = roster.declare(member);
      applied = applied.with(new Dot(member, 1000));
    }

    assertThat(bytes(applied, roster) - bytes(applied, Roster.EMPTY)).isEqualTo(7 * 3);
    assertThat(bytes(applied, roster)).isLessThan(256);
  }

  private static int bytes(VersionVector applied, Roster roster) {
    Digest digest =
        new Digest(
            Samples.NODE1,
            1_700_000_000_001L,
            1000,
            applied,
            applied,
            VersionVector.EMPTY,
            roster,
            0);
    return PeerCodec.encode(digest).length;
  }

  @Test
  void aMessageOfAnotherVersionSaysSo() {
    byte[] bytes = PeerCodec.encode(PRESENCE);
    bytes[0] = 9;

    assertThat(PeerCodec.decode(bytes))
        .isEqualTo(
            new Decoded.Undecodable("the message has version 9; this node speaks version 2"));
  }

  @Test
  void bytesBehindTheMessageAreRefused() {
    byte[] bytes = PeerCodec.encode(PRESENCE);

    assertThat(PeerCodec.decode(Arrays.copyOf(bytes, bytes.length + 1)))
        .isEqualTo(new Decoded.Undecodable("the message is malformed: 1 bytes too many"));
  }

  @Test
  void anUnknownKindIsRefused() {
    assertThat(PeerCodec.decode(new byte[] {PeerCodec.VERSION, 77}))
        .isEqualTo(
            new Decoded.Undecodable("the message is malformed: there is no message of kind 77"));
  }
}
