package io.causa.core.encoding;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class BytesRoundTripTest {

  @Property
  void everyNumberIsReadAsItWasWritten(@ForAll long number) throws MalformedException {
    ByteWriter out =
        new ByteWriter(1).writeVarint(number).writeSigned(number).writeInt((int) number);

    ByteReader in = new ByteReader(out.toBytes());

    assertThat(in.readVarint()).isEqualTo(number);
    assertThat(in.readSigned()).isEqualTo(number);
    assertThat(in.readInt()).isEqualTo((int) number);
    in.requireEnd();
  }

  @Test
  void smallNumbersTakeOneByte() {
    assertThat(new ByteWriter(1).writeVarint(127).toBytes()).hasSize(1);
    assertThat(new ByteWriter(1).writeSigned(-64).toBytes()).hasSize(1);
  }

  @Test
  void textsOfAllPlanesAreReadAsTheyWereWritten() throws MalformedException {
    String text = "a é 中 😀 \u0000";

    ByteReader in = new ByteReader(new ByteWriter(1).writeString(text).toBytes());

    assertThat(in.readString("a text")).isEqualTo(text);
  }

  @Test
  void aLoneSurrogateIsRefusedBecauseUtf8CannotSayIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ByteWriter(1).writeString("a\ud800b"))
        .withMessageContaining("lone surrogate at 1");
  }

  @Test
  void aLengthBeyondTheRestIsMalformedBeforeAnythingIsAllocated() {
    byte[] bytes = new ByteWriter(1).writeVarint(Integer.MAX_VALUE).toBytes();

    assertThatThrownBy(() -> new ByteReader(bytes).readBytes("a value"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("the length of a value is 2147483647, not 0 to 0");
  }

  @Test
  void aLengthThatReachesIntoItselfIsMalformed() {
    byte[] bytes = new ByteWriter(1).writeVarint(1).toBytes();

    assertThatThrownBy(() -> new ByteReader(bytes).readBytes("a value"))
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void textThatIsNotUtf8IsMalformed() {
    byte[] bytes = new ByteWriter(1).writeBytes(new byte[] {(byte) 0xc3, 0x28}).toBytes();

    assertThatThrownBy(() -> new ByteReader(bytes).readString("a key"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("a key is not UTF-8");
  }

  @Test
  void aNumberWithoutEndIsMalformed() {
    byte[] bytes = new byte[20];
    Arrays.fill(bytes, (byte) 0xff);

    assertThatThrownBy(() -> new ByteReader(bytes).readVarint())
        .isInstanceOf(MalformedException.class);
  }

  @Property
  void bytesOfAnyLengthFollowOneAnotherInOneArray(@ForAll byte[] first, @ForAll byte[] second)
      throws MalformedException {
    ByteWriter out = new ByteWriter(0).writeRaw(first).writeBytes(second);

    assertThat(out.size()).isEqualTo(out.toBytes().length);
    ByteReader in = new ByteReader(out.toBytes(), first.length, out.size());
    assertThat(in.readBytes("the second")).isEqualTo(second);
    in.requireEnd();
  }

  @Test
  void theChecksumIsThatOfTheBytesWrittenAndOfNoOthers() {
    assertThat(new ByteWriter(64).writeRaw("123456789".getBytes(UTF_8)).crc())
        .isEqualTo(0xe3069283);
  }

  @Test
  void bytesThatEndTooSoonAreMalformedAndNothingElse() {
    for (byte[] cut : new byte[][] {{}, {1}, {1, 2, 3}}) {
      assertThatThrownBy(() -> new ByteReader(cut).readInt())
          .isInstanceOf(MalformedException.class)
          .hasMessage("the bytes end where 4 more were expected, at 0");
    }
    assertThatThrownBy(() -> new ByteReader(new byte[0]).readByte())
        .isInstanceOf(MalformedException.class);
  }

  @Test
  void aPartOfAnArrayEndsWhereItWasSaidTo() throws MalformedException {
    ByteReader in = new ByteReader(new byte[] {1, 2, 3}, 1, 2);

    assertThat(in.remaining()).isEqualTo(1);
    assertThat(in.readByte()).isEqualTo(2);
    in.requireEnd();
  }

  @Test
  void aCountIsAtMostWhatTheRestCanHold() throws MalformedException {
    byte[] fits = new ByteWriter(1).writeVarint(2).writeRaw(new byte[8]).toBytes();
    byte[] tooMany = new ByteWriter(1).writeVarint(3).writeRaw(new byte[8]).toBytes();

    assertThat(new ByteReader(fits).readCount(4, "things")).isEqualTo(2);
    assertThatThrownBy(() -> new ByteReader(tooMany).readCount(4, "things"))
        .isInstanceOf(MalformedException.class)
        .hasMessage("the number of things is 3, not 0 to 2");
  }
}
