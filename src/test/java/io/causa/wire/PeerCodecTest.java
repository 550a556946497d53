package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.membership.Capabilities;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec.Decoded;
import io.causa.wire.PeerCodec.Decoded.Fault;
import io.causa.wire.PeerCodec.Decoded.Undecodable;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PeerCodecTest {

  private static final Presence PRESENCE = new Presence(Samples.NODE1, 3, "http://localhost:5001");

  @Provide
  Arbitrary<PeerMessage> messages() {
    return Arbitraries.oneOf(
        presences(),
        digests(),
        pulls(),
        acks(),
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
            Samples.replicas(),
            Arbitraries.longs(),
            Arbitraries.strings().ascii(),
            Samples.capabilities())
        .as(Presence::new);
  }

  private record Known(Roster roster, Capabilities understands) {}

  private static Arbitrary<PeerMessage> digests() {
    Arbitrary<VersionVector> vectors = Samples.vectors();
    return Combinators.combine(
            Samples.replicas(),
            Arbitraries.longs(),
            Arbitraries.longs(),
            vectors,
            vectors,
            vectors,
            Combinators.combine(Samples.rosters(), Samples.capabilities()).as(Known::new),
            Arbitraries.longs())
        .as(
            (sender, session, number, received, applied, trimmed, known, heard) ->
                new Digest(
                    sender,
                    session,
                    number,
                    received,
                    applied,
                    trimmed,
                    known.roster(),
                    heard,
                    known.understands()));
  }

  private static Arbitrary<PeerMessage> pulls() {
    Arbitrary<Long> from = Arbitraries.longs().between(1, 1L << 52);
    Arbitrary<Integer> more = Arbitraries.integers().between(0, Integer.MAX_VALUE);
    return Combinators.combine(Samples.replicas(), Samples.replicas(), from, more)
        .as((sender, origin, first, n) -> new Pull(sender, origin, first, first + n, n));
  }

  private static Arbitrary<PeerMessage> acks() {
    Arbitrary<Long> counts = Arbitraries.longs().between(0, Dot.MAX_SEQUENCE);
    return Combinators.combine(
            Samples.replicas(),
            Arbitraries.longs(),
            Samples.replicas(),
            Arbitraries.longs(),
            counts,
            counts)
        .as(Ack::new);
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

  /** One bit in a digest has made a healthy node renounce its identity. */
  @Property(tries = 100)
  void aMessageWithAFlippedBitIsUndecodable(
      @ForAll("messages") PeerMessage message, @ForAll Random random) {
    byte[] bytes = PeerCodec.encode(message);
    int bits = bytes.length * Byte.SIZE;
    for (int i = 0; i < Math.min(bits, 2000); i++) {
      int bit = bits <= 2000 ? i : random.nextInt(bits);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(PeerCodec.decode(bytes)).as("bit %d", bit).isInstanceOf(Undecodable.class);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(PeerCodec.decode(bytes)).isEqualTo(new Decoded.Message(message));
  }

  @Property(tries = 100)
  void everyTruncatedMessageIsUndecodable(@ForAll("messages") PeerMessage message) {
    byte[] bytes = PeerCodec.encode(message);
    int step = 1 + bytes.length / 200;
    for (int length = 0; length < bytes.length; length += step) {
      assertThat(PeerCodec.decode(Arrays.copyOf(bytes, length)))
          .as("the first %d of %d bytes", length, bytes.length)
          .isInstanceOf(Undecodable.class);
    }
  }

  @Property(tries = 100)
  void everyExtendedMessageIsUndecodable(
      @ForAll("messages") PeerMessage message, @ForAll @Size(min = 1, max = 300) byte[] more) {
    byte[] bytes = PeerCodec.encode(message);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + more.length);
    System.arraycopy(more, 0, longer, bytes.length, more.length);

    assertThat(PeerCodec.decode(longer)).isInstanceOf(Undecodable.class);
  }

  @Property(tries = 1000)
  void garbageIsNoMessage(@ForAll byte[] garbage) {
    assertThat(PeerCodec.decode(garbage)).isInstanceOf(Undecodable.class);
  }

  @Test
  void theChecksumIsNamedWhenItDiffers() {
    byte[] bytes = PeerCodec.encode(SnapshotSamples.example());
    bytes[bytes.length - 1] ^= 1;

    Undecodable wrong = (Undecodable) PeerCodec.decode(bytes);

    assertThat(wrong.fault()).isEqualTo(Fault.DAMAGED);
    assertThat(wrong.reason()).contains("its CRC-32C is");
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
  void aMessageOfALaterVersionSaysSo() {
    byte[] bytes = PeerCodec.encode(PRESENCE);
    bytes[1] = 9;

    assertThat(PeerCodec.decode(bytes)).isEqualTo(ofVersion(9));
  }

  /** Before there were frames, a message began with its version and its kind. */
  @Test
  void aMessageOfAnEarlierVersionSaysSo() {
    assertThat(PeerCodec.decode(new byte[] {2, 1, 5, 'n', 'o', 'd', 'e', '1', 7}))
        .isEqualTo(ofVersion(2));
  }

  private static Undecodable ofVersion(int version) {
    return new Undecodable(
        Fault.OTHER_VERSION,
        "the message has version %d; this node reads versions 3 to 4. Upgrade the nodes that run the older version of Causa"
            .formatted(version));
  }

  @Test
  void anUnknownKindIsRefused() {
    assertThat(PeerCodec.decode(PeerFrame.wrapPlain(77, new byte[0])))
        .isEqualTo(
            new Undecodable(
                Fault.MALFORMED, "the message is malformed: there is no message of kind 77"));
  }
}
