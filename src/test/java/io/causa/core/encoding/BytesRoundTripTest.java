package io.causa.core.encoding;

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
}
