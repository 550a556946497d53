package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Envelope;
import io.causa.core.encoding.Fields;
import io.causa.wire.ContextToken.Decoded;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ContextTokenTest {

  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
  private static final String TOKEN = ContextToken.encode(Samples.vector(17, 4), "causa");

  @Provide
  Arbitrary<VersionVector> vectors() {
    return Samples.vectors();
  }

  @Provide
  Arbitrary<String> clusters() {
    return Arbitraries.strings().ascii().ofMinLength(1).ofMaxLength(64);
  }

  @Property
  void everyVectorIsReadAsItWasWritten(
      @ForAll("vectors") VersionVector vector, @ForAll("clusters") String cluster) {
    String token = ContextToken.encode(vector, cluster);

    assertThat(ContextToken.decode(token, cluster)).isEqualTo(new Decoded.Valid(vector));
    assertThat(token).matches("[A-Za-z0-9_-]+");
  }

  /** A sequence that nobody can reach would be waited for, and one behind it overflows. */
  @Test
  void sequencesAndGenerationsThatNobodyCouldFollowAreRefused() {
    for (Dot dot :
        List.of(
            new Dot(Samples.NODE1, Dot.MAX_SEQUENCE + 1),
            new Dot(Samples.NODE1, Long.MAX_VALUE),
            new Dot(new Replica("node1", Long.MAX_VALUE), 1))) {
      String token = ContextToken.encode(VersionVector.of(dot), "causa");

      assertThat(ContextToken.decode(token, "causa"))
          .isInstanceOf(ContextToken.Decoded.Invalid.class);
    }
  }

  @Test
  void theEmptyContextHasATokenToo() {
    String token = ContextToken.encode(VersionVector.EMPTY, "causa");

    assertThat(ContextToken.decode(token, "causa"))
        .isEqualTo(new Decoded.Valid(VersionVector.EMPTY));
  }

  @Property(tries = 50)
  void everySingleBitFlipInTheTextIsRejected(@ForAll("vectors") VersionVector vector) {
    byte[] text = ContextToken.encode(vector, "causa").getBytes(StandardCharsets.ISO_8859_1);
    for (int bit = 0; bit < 8 * text.length; bit++) {
      text[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(ContextToken.decode(new String(text, StandardCharsets.ISO_8859_1), "causa"))
          .as("bit %d flipped", bit)
          .isInstanceOf(Decoded.Invalid.class);
      text[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Property(tries = 50)
  void everySingleBitFlipInTheBytesIsRejected(@ForAll("vectors") VersionVector vector) {
    byte[] bytes = Base64.getUrlDecoder().decode(ContextToken.encode(vector, "causa"));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(ContextToken.decode(text(bytes), "causa"))
          .as("bit %d flipped", bit)
          .isInstanceOf(Decoded.Invalid.class);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @Test
  void everyCutOffTokenIsRejected() {
    for (int length = 0; length < TOKEN.length(); length++) {
      assertThat(ContextToken.decode(TOKEN.substring(0, length), "causa"))
          .isInstanceOf(Decoded.Invalid.class);
    }
  }

  @Property
  void noTextWhateverThrows(@ForAll String text) {
    assertThat(ContextToken.decode(text, "causa")).isInstanceOf(Decoded.Invalid.class);
  }

  @Test
  void paddingIsNotHowANodeWritesIt() {
    assertThat(reason(TOKEN + "=", "causa")).contains("malformed");
  }

  @Test
  void theReasonTellsATokenOfAnotherCluster() {
    assertThat(reason(TOKEN, "other"))
        .isEqualTo("the context is of another cluster; this one is \"other\"");
  }

  @Test
  void theReasonTellsAnUnknownVersion() {
    byte[] bytes = Base64.getUrlDecoder().decode(TOKEN);
    bytes[0] = 9;

    assertThat(reason(text(bytes), "causa"))
        .isEqualTo("the context has version 9; this version of Causa reads versions 1 to 2");
  }

  /** What every version reads is written so that every version reads it. */
  @Test
  void aContextThatNeedsNothingIsOfVersion1() {
    assertThat(DECODER.decode(TOKEN)[0]).isEqualTo((byte) 1);
  }

  @Test
  void aTokenThatNeedsAnUnknownFeatureIsRefusedByName() {
    String token = ContextToken.encode(Samples.vector(1, 2), "causa", Set.of("telepathy"));

    assertThat(DECODER.decode(token)[0]).isEqualTo((byte) 2);
    assertThat(ContextToken.decode(token, "causa"))
        .isEqualTo(
            new Decoded.Invalid(
                "the context needs the feature telepathy, which this version of Causa does not know"));
  }

  @Property(tries = 200)
  void aTokenOfVersion2IsReadAndItsFieldsArePassedOver(@ForAll("vectors") VersionVector vector) {
    Assume.that(!vector.hasBases());
    byte[] plain = DECODER.decode(ContextToken.encode(vector, "causa"));
    byte[] body = Arrays.copyOfRange(plain, 1, plain.length - 4);
    ByteWriter out = new ByteWriter(64);
    Envelope.write(out, 2, Set.of(), body, Fields.NONE.with(7, new byte[] {1, 2, 3}));
    byte[] bytes = out.writeInt(out.crc()).toBytes();

    assertThat(decode(bytes)).isEqualTo(new Decoded.Valid(vector));
    for (int bit = 0; bit < 8 * bytes.length; bit++) {
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(decode(bytes)).as("bit %d", bit).isInstanceOf(Decoded.Invalid.class);
      bytes[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  private static Decoded decode(byte[] bytes) {
    return ContextToken.decode(
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes), "causa");
  }

  @Test
  void theReasonTellsADamagedToken() {
    byte[] bytes = Base64.getUrlDecoder().decode(TOKEN);
    bytes[8] ^= 1;

    assertThat(reason(text(bytes), "causa"))
        .isEqualTo("the context is damaged: its checksum does not match");
  }

  @Test
  void theReasonTellsWhatIsNoTokenAtAll() {
    assertThat(reason("{\"node1\":1}", "causa")).contains("malformed", "not base64url");
    assertThat(reason("abcd", "causa")).contains("malformed", "cut off");
  }

  @Test
  void aTokenBeyondTheLimitIsRejectedUnread() {
    assertThat(reason("A".repeat(8193), "causa"))
        .isEqualTo("the context has 8193 characters, more than 8192");
  }

  @Test
  void fourHundredReplicasFit() {
    VersionVector vector =
        VersionVector.of(
            LongStream.rangeClosed(1, 400)
                .mapToObj(i -> new Dot(new Replica("n" + i, 1_700_000_000_000L + i), 1000 * i))
                .toList());

    assertThat(ContextToken.encode(vector, "causa")).hasSizeLessThan(ContextToken.MAX_CHARS);
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String reason(String token, String cluster) {
    return ((Decoded.Invalid) ContextToken.decode(token, cluster)).reason();
  }

  /** A name that wrote under a thousand generations: with its base, and as it was before. */
  @Test
  void aThousandEndedGenerationsLeaveATokenShort() {
    List<Dot> all = new ArrayList<>();
    for (long generation = 1; generation <= 1000; generation++) {
      all.add(new Dot(new Replica("node1", (1L << 50) + generation), 7));
    }
    VersionVector before = VersionVector.of(all.subList(0, 400));
    VersionVector after = VersionVector.of(all).with(Dot.ofBase("node1", (1L << 50) + 1000));

    assertThat(ContextToken.encode(after, "causa")).hasSizeLessThan(80);
    assertThat(ContextToken.decode(ContextToken.encode(before, "causa"), "causa"))
        .isEqualTo(new Decoded.Valid(before));
    assertThat(ContextToken.decode(ContextToken.encode(after, "causa"), "causa"))
        .isEqualTo(new Decoded.Valid(after));
    assertThat(after.covers(before)).isTrue();
  }
}
