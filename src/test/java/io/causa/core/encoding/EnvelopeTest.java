package io.causa.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private static final Set<String> NOTHING = Set.of();
  private static final Format FORMAT = new Format("the thing", 3, 5, Set.of("bases", "x-2"));

  @Provide
  Arbitrary<Map<Integer, byte[]>> contents() {
    return Arbitraries.maps(
            Arbitraries.integers().between(1, Fields.MAX_ID),
            Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
        .ofMaxSize(5);
  }

  @Provide
  Arbitrary<Set<String>> required() {
    return Arbitraries.of("bases", "x-2").set();
  }

  @Property(tries = 300)
  void whatIsWrittenIsRead(
      @ForAll @IntRange(min = 3, max = 5) int version,
      @ForAll("required") Set<String> required,
      @ForAll @Size(max = 300) byte[] body,
      @ForAll("contents") Map<Integer, byte[]> contents)
      throws MalformedException {
    Envelope read = read(write(version, required, body, fields(contents)));

    assertThat(read.version()).isEqualTo(version);
    assertThat(read.required()).isEqualTo(required);
    assertThat(read.body().readRest()).isEqualTo(body);
    assertThat(read.fields().size()).isEqualTo(contents.size());
    contents.forEach(
        (id, content) ->
            assertThat(read.fields().find(id).orElseThrow().readRest()).isEqualTo(content));
  }

  @Property(tries = 100)
  void aBodyWithoutALengthCostsTwoBytes(@ForAll @Size(max = 300) byte[] body)
      throws MalformedException {
    ByteWriter out = new ByteWriter(0);
    Envelope.begin(out, 4);
    byte[] bytes = out.writeRaw(body).toBytes();

    assertThat(bytes).hasSize(2 + body.length);
    assertThat(read(bytes).version()).isEqualTo(4);
    assertThat(read(bytes).body().readRest()).isEqualTo(body);
    assertThat(read(bytes).fields().size()).isZero();
  }

  /** What the reader asks for is all that it sees: the others are passed over. */
  @Test
  void anUnknownFieldIsPassedOver() throws MalformedException {
    Fields fields = Fields.NONE.with(7, new byte[] {1, 2}).with(9000, new byte[] {3});
    Envelope read = read(write(3, NOTHING, new byte[] {42}, fields));

    assertThat(read.body().readRest()).containsExactly(42);
    assertThat(read.fields().find(7).orElseThrow().readRest()).containsExactly(1, 2);
    assertThat(read.fields().find(8)).isEmpty();
  }

  @Test
  void anUnknownFeatureIsRefusedByName() {
    byte[] one = write(3, Set.of("bases", "compact-bases"), new byte[0], Fields.NONE);
    byte[] two = write(3, Set.of("zebra", "ant"), new byte[0], Fields.NONE);

    assertThatThrownBy(() -> read(one))
        .isInstanceOf(UnsupportedException.class)
        .hasMessage(
            "the thing needs the feature compact-bases, which this version of Causa does not know");
    assertThatThrownBy(() -> read(two))
        .isInstanceOf(UnsupportedException.class)
        .hasMessage(
            "the thing needs the features ant, zebra, which this version of Causa does not know");
  }

  @Test
  void anotherVersionIsRefusedByName() {
    for (int version : new int[] {1, 2, 6, 127}) {
      assertThatThrownBy(() -> read(write(version, NOTHING, new byte[0], Fields.NONE)))
          .isInstanceOf(UnsupportedException.class)
          .hasMessage(
              "the thing has version " + version + "; this version of Causa reads versions 3 to 5");
    }
  }

  @Test
  void whatCannotBeAVersionIsMalformed() {
    for (int version : new int[] {0, 128, 255}) {
      assertThatThrownBy(() -> read(new byte[] {(byte) version, 0}))
          .isInstanceOf(MalformedException.class)
          .isNotInstanceOf(UnsupportedException.class);
    }
  }

  /** Flags of a form that is not known could stand for anything. */
  @Test
  void unknownFlagsAreMalformed() {
    for (int flags = 4; flags < 256; flags++) {
      byte[] bytes = {3, (byte) flags, 0, 0, 0};
      assertThatThrownBy(() -> read(bytes)).isInstanceOf(MalformedException.class);
    }
  }

  @Test
  void aFieldThatComesTwiceOrInAnotherOrderIsMalformed() {
    for (byte[] fields : new byte[][] {{5, 0, 5, 0}, {6, 0, 5, 0}, {0, 0}}) {
      byte[] bytes = Arrays.copyOf(new byte[] {3, 2, 0}, 3 + fields.length);
      System.arraycopy(fields, 0, bytes, 3, fields.length);
      assertThatThrownBy(() -> read(bytes)).isInstanceOf(MalformedException.class);
    }
  }

  /** The lengths of the body and of each field hold all of it together. */
  @Property(tries = 100)
  void aTruncatedEnvelopeNeverGivesAnotherBody(
      @ForAll("required") Set<String> required,
      @ForAll @Size(max = 100) byte[] body,
      @ForAll("contents") Map<Integer, byte[]> contents) {
    byte[] bytes = write(3, required, body, fields(contents));
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      try {
        // Cut between two fields it is whole, and shorter: its store keeps its length.
        assertThat(read(cut).body().readRest()).isEqualTo(body);
        assertThat(read(cut).fields().size()).isLessThan(contents.size());
      } catch (MalformedException expected) {
        assertThat(expected).isNotInstanceOf(UnsupportedException.class);
      }
    }
  }

  /** Any bytes are an envelope or a reason, and cost in proportion to their number. */
  @Property(tries = 2000)
  void garbageIsReadOrRefused(@ForAll @Size(max = 60) byte[] garbage) {
    try {
      assertThat(read(garbage).body().remaining()).isLessThanOrEqualTo(garbage.length);
    } catch (MalformedException expected) {
      assertThat(expected).hasMessageNotContaining("null");
    }
  }

  private static Fields fields(Map<Integer, byte[]> contents) {
    Fields fields = Fields.NONE;
    for (Map.Entry<Integer, byte[]> field : contents.entrySet()) {
      fields = fields.with(field.getKey(), field.getValue());
    }
    return fields;
  }

  private static byte[] write(int version, Set<String> required, byte[] body, Fields fields) {
    ByteWriter out = new ByteWriter(0);
    Envelope.write(out, version, required, body, fields);
    return out.toBytes();
  }

  private static Envelope read(byte[] bytes) throws MalformedException {
    return Envelope.read(new ByteReader(bytes), FORMAT);
  }
}
