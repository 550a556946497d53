package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.VersionVector;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Fields;
import io.causa.membership.Capabilities;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.wire.PeerCodec.Decoded;
import io.causa.wire.PeerCodec.Decoded.Fault;
import io.causa.wire.PeerCodec.Decoded.Undecodable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/**
 * Messages between versions: those of version 3, as they were recorded, and those of the future.
 */
class EarlierMessagesTest {

  private static final int KIND_OF_PRESENCE = 1;
  private static final long MOST_DIGESTS = (1L << 40) - 1;

  @Test
  void theMessagesThatWereRecordedAreRead() throws IOException {
    Map<String, String> recorded = recorded("messages.txt");
    Map<String, PeerMessage> expected = RecordedMessages.all();

    assertThat(recorded).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, message) ->
            assertThat(PeerCodec.decode(HexFormat.of().parseHex(recorded.get(name))))
                .as(name)
                .isEqualTo(new Decoded.Message(message)));
  }

  /** A node of version 3 gets just the bytes that another one would have sent. */
  @Test
  void whatIsWrittenInVersion3IsWhatVersion3Wrote() throws IOException {
    Map<String, String> recorded = recorded("messages.txt");

    RecordedMessages.all()
        .forEach(
            (name, message) ->
                assertThat(HexFormat.of().formatHex(PeerCodec.encode(message, 3)))
                    .as(name)
                    .isEqualTo(recorded.get(name)));
  }

  @Test
  void noOtherVersionIsWritten() {
    Presence presence = new Presence(Samples.NODE1, 1, "");
    for (int version : new int[] {0, 1, 2, 5}) {
      assertThatThrownBy(() -> PeerCodec.encode(presence, version))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** To nodes of version 3 the number says which of two digests of a run is the later one. */
  @Property(tries = 300)
  void aDigestOfVersion3SaysWhichVersionItsSenderReads(
      @ForAll @LongRange(min = 1, max = MOST_DIGESTS - 1) long number) {
    Digest read = read(PeerCodec.encode(digest(number, Capabilities.OWN), 3));

    assertThat(read.number()).isEqualTo(number);
    assertThat(read.understands().readsLatest()).isTrue();
    assertThat(read.understands().features()).isEmpty();
    assertThat(asVersion3Counts(number)).isLessThan(asVersion3Counts(number + 1));
  }

  @Property(tries = 300)
  void aDigestOfANodeOfVersion3SaysNothing(
      @ForAll @LongRange(min = 1, max = MOST_DIGESTS) long number) {
    Digest read = read(PeerCodec.encode(digest(number, Capabilities.UNSAID), 3));

    assertThat(read).isEqualTo(digest(number, Capabilities.UNSAID));
  }

  /** Any number is a number, and claims no version that there cannot be. */
  @Property(tries = 1000)
  void anyNumberOfADigestOfVersion3IsRead(@ForAll long number) {
    Digest read = read(PeerCodec.encode(digest(number, Capabilities.UNSAID), 3));

    assertThat(read.understands().latest()).isBetween(3, 127);
  }

  @Test
  void aPresenceOfVersion3SaysNothing() {
    Presence presence = new Presence(Samples.NODE1, 1, "http://a", Capabilities.OWN);

    assertThat(PeerCodec.decode(PeerCodec.encode(presence, 3)))
        .isEqualTo(new Decoded.Message(new Presence(Samples.NODE1, 1, "http://a")));
    assertThat(PeerCodec.decode(PeerCodec.encode(presence, 4)))
        .isEqualTo(new Decoded.Message(presence));
  }

  @Test
  void whatALaterVersionAddsIsPassedOver() {
    Fields more = Fields.NONE.with(2, new byte[] {9, 9}).with(4711, new byte[0]);

    assertThat(PeerCodec.decode(wrap(presence(), Set.of(), more)))
        .isEqualTo(
            new Decoded.Message(
                new Presence(Samples.NODE1, 5, "http://a", Capabilities.ofVersion(4))));
  }

  @Test
  void whatALaterVersionAddsToAFieldIsPassedOver() {
    ByteWriter said = new ByteWriter(16).writeVarint(4).writeVarint(9).writeVarint(1);
    said.writeString("telepathy").writeString("and more");

    Presence read =
        (Presence)
            ((Decoded.Message)
                    PeerCodec.decode(
                        wrap(presence(), Set.of(), Fields.NONE.with(1, said.toBytes()))))
                .message();

    assertThat(read.understands().latest()).isEqualTo(9);
    assertThat(read.understands().features()).containsExactly("telepathy");
  }

  @Test
  void aMessageThatNeedsAnUnknownFeatureIsRefusedByName() {
    assertThat(PeerCodec.decode(wrap(presence(), Set.of("telepathy"), Fields.NONE)))
        .isEqualTo(
            new Undecodable(
                Fault.OTHER_VERSION,
                "the message needs the feature telepathy, which this version of Causa does not know;"
                    + " this node reads versions 3 to 4. Upgrade the nodes that run the older version of Causa"));
  }

  /** Between two fields the bytes could end by themselves: the checksum knows. */
  @Test
  void aMessageThatWasCutBetweenItsFieldsIsDamaged() {
    Fields more = Fields.NONE.with(2, new byte[] {9, 9}).with(3, new byte[0]);
    byte[] bytes = wrap(presence(), Set.of(), more);

    Decoded cut = PeerCodec.decode(Arrays.copyOf(bytes, bytes.length - 2));

    assertThat(cut).isInstanceOf(Undecodable.class);
    assertThat(((Undecodable) cut).fault()).isEqualTo(Fault.DAMAGED);
  }

  @Test
  void theTokensThatWereRecordedAreReadAndWrittenAsBefore() throws IOException {
    Map<String, String> recorded = recorded("tokens.txt");

    assertThat(recorded).containsOnlyKeys(RecordedMessages.contexts().keySet());
    RecordedMessages.contexts()
        .forEach(
            (name, context) -> {
              assertThat(ContextToken.decode(recorded.get(name), "causa"))
                  .isEqualTo(new ContextToken.Decoded.Valid(context));
              assertThat(ContextToken.encode(context, "causa")).isEqualTo(recorded.get(name));
            });
  }

  private static byte[] presence() {
    ByteWriter out = new ByteWriter(64).writeByte(KIND_OF_PRESENCE);
    out.writeString(Samples.NODE1.name()).writeVarint(Samples.NODE1.generation());
    return out.writeSigned(5).writeString("http://a").toBytes();
  }

  private static long asVersion3Counts(long number) {
    return SaidCapabilities.countIn3(number, Capabilities.OWN);
  }

  private static Digest digest(long number, Capabilities understands) {
    return new Digest(
        Samples.NODE1,
        1_700_000_000_001L,
        number,
        Samples.vector(3, 4),
        Samples.vector(2, 4),
        VersionVector.EMPTY,
        Roster.EMPTY.declare(Samples.NODE1),
        7,
        understands);
  }

  private static Digest read(byte[] bytes) {
    return (Digest) ((Decoded.Message) PeerCodec.decode(bytes)).message();
  }

  private static Map<String, String> recorded(String file) throws IOException {
    try (InputStream text = EarlierMessagesTest.class.getResourceAsStream("/wire-3/" + file)) {
      return new String(text.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .collect(Collectors.toMap(line -> line[0], line -> line[1]));
    }
  }

  private static byte[] wrap(byte[] message, Set<String> required, Fields fields) {
    return PeerFrame.wrap(out -> out.writeRaw(message), message.length, required, fields);
  }
}
