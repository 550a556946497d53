package io.causa.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.LamportTimestamp;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Envelope;
import io.causa.core.encoding.Fields;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.ReplicaReader;
import io.causa.core.encoding.UnsupportedException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Log entries and key states as bytes, of both formats. */
class RecordsTest {

  private static final int ENVELOPE_BYTES = 3;
  private static final List<Replica> REPLICAS =
      List.of(new Replica("a", 1), new Replica("node-2", 1L << 45), new Replica("z", 7));

  @Provide
  Arbitrary<Write> writes() {
    return Combinators.combine(dots(), times(), vectors(), mutations(), Arbitraries.longs())
        .as(
            (dot, lamport, others, mutation, wallTimeMillis) ->
                new Write(dot, lamport, before(dot, others), List.of(mutation), wallTimeMillis));
  }

  @Provide
  Arbitrary<KeyState> states() {
    Arbitrary<KeyVersion> versions =
        Combinators.combine(dots(), times(), mutations(), Arbitraries.longs()).as(KeyVersion::new);
    return versions
        .list()
        .ofMinSize(1)
        .ofMaxSize(4)
        .map(all -> KeyState.of(all.get(0), all.subList(1, all.size())));
  }

  @Property(tries = 300)
  void aLogEntryIsReadAsItWasWrittenInBothFormats(@ForAll("writes") Write write)
      throws MalformedException {
    byte[] bytes = Records.logEntry(write);

    assertThat(bytes).startsWith(0, Metadata.LATEST, 0);
    assertThat(Records.readLogEntry(write.dot(), bytes)).isEqualTo(write);
    assertThat(Records.readLogEntry(write.dot(), ofFormat1(bytes))).isEqualTo(write);
  }

  @Property(tries = 300)
  void aKeyStateIsReadAsItWasWrittenInBothFormats(@ForAll("states") KeyState state)
      throws MalformedException {
    byte[] bytes = Records.state(state);

    assertThat(bytes).startsWith(0, Metadata.LATEST, 0);
    assertThat(read(bytes)).isEqualTo(state);
    assertThat(read(ofFormat1(bytes))).isEqualTo(state);
  }

  /** A zero would be taken for an envelope. */
  @Property(tries = 300)
  void noRecordOfFormat1BeginsWithAZero(
      @ForAll("writes") Write write, @ForAll("states") KeyState state) {
    assertThat(ofFormat1(Records.logEntry(write))[0]).isNotZero();
    assertThat(ofFormat1(Records.state(state))[0]).isNotZero();
  }

  @Property(tries = 50)
  void aTruncatedRecordIsMalformed(
      @ForAll("writes") Write write, @ForAll("states") KeyState state) {
    byte[] entry = Records.logEntry(write);
    for (int length = 0; length < entry.length; length++) {
      byte[] cut = Arrays.copyOf(entry, length);
      assertThatThrownBy(() -> Records.readLogEntry(write.dot(), cut))
          .isInstanceOf(MalformedException.class);
    }
    byte[] all = Records.state(state);
    for (int length = 0; length < all.length; length++) {
      byte[] cut = Arrays.copyOf(all, length);
      assertThatThrownBy(() -> read(cut)).isInstanceOf(MalformedException.class);
    }
  }

  /** RocksDB's checksums find the flip; here it may only be read or refused. */
  @Property(tries = 50)
  void aFlippedBitIsReadOrRefused(@ForAll("writes") Write write, @ForAll("states") KeyState state) {
    byte[] entry = Records.logEntry(write);
    byte[] all = Records.state(state);
    for (int bit = 0; bit < 8 * Math.min(entry.length, all.length); bit++) {
      readOrRefuse(() -> Records.readLogEntry(write.dot(), entry), entry, bit);
      readOrRefuse(() -> read(all), all, bit);
    }
  }

  private interface Reading {
    Object read() throws MalformedException;
  }

  private static void readOrRefuse(Reading reading, byte[] bytes, int bit) {
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
    try {
      assertThat(reading.read()).isNotNull();
    } catch (MalformedException expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
    bytes[bit / 8] ^= (byte) (1 << bit % 8);
  }

  @Test
  void whatALaterVersionAddsToARecordIsPassedOver() throws MalformedException {
    KeyState state = state();
    byte[] body = ofFormat1(Records.state(state));
    Fields more = Fields.NONE.with(4711, new byte[] {1});

    assertThat(read(enveloped(Metadata.LATEST, Set.of(), body, more))).isEqualTo(state);
  }

  @Test
  void aRecordOfALaterVersionIsRefusedByName() {
    byte[] body = ofFormat1(Records.state(state()));

    assertThatThrownBy(() -> read(enveloped(3, Set.of(), body, Fields.NONE)))
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("a record of the data directory has version 3");
    assertThatThrownBy(() -> read(enveloped(2, Set.of("later"), body, Fields.NONE)))
        .isInstanceOf(UnsupportedException.class)
        .hasMessageContaining("needs the feature later");
  }

  private static KeyState state() {
    Mutation put = new Mutation.Put("key", Value.text("value"));
    return KeyState.of(new KeyVersion(new Dot(REPLICAS.get(0), 1), 1, put, 0), List.of());
  }

  private static byte[] enveloped(int version, Set<String> required, byte[] body, Fields fields) {
    ByteWriter out = new ByteWriter(64).writeByte(0);
    Envelope.write(out, version, required, body, fields);
    return out.toBytes();
  }

  private static byte[] ofFormat1(byte[] record) {
    return Arrays.copyOfRange(record, ENVELOPE_BYTES, record.length);
  }

  private static KeyState read(byte[] bytes) throws MalformedException {
    return Records.readState("key", bytes, new ReplicaReader());
  }

  private static VersionVector before(Dot dot, VersionVector others) {
    VersionVector rest = others.without(dot.replica());
    return dot.sequence() == 1 ? rest : rest.with(new Dot(dot.replica(), dot.sequence() - 1));
  }

  private static Arbitrary<Dot> dots() {
    return Combinators.combine(
            Arbitraries.of(REPLICAS), Arbitraries.longs().between(1, Dot.MAX_SEQUENCE))
        .as(Dot::new);
  }

  private static Arbitrary<VersionVector> vectors() {
    return dots().list().ofMaxSize(3).map(VersionVector::of);
  }

  private static Arbitrary<Long> times() {
    return Arbitraries.longs().between(1, LamportTimestamp.MAX_TIME);
  }

  private static Arbitrary<Mutation> mutations() {
    Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(50);
    Arbitrary<Mutation> puts =
        Combinators.combine(bytes, Arbitraries.of("", "text/plain", "x/any"))
            .as((value, type) -> new Mutation.Put("key", new Value(Bytes.wrap(value), type)));
    return Arbitraries.oneOf(puts, Arbitraries.just(new Mutation.Delete("key")));
  }
}
