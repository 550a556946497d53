package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import org.junit.jupiter.api.Test;

class KnownBytesTest {

  private final KnownBytes<String> known = new KnownBytes<>(2);

  @Test
  void whatComesAgainIsTheSameObject() throws MalformedException {
    String first = read("one");

    assertThat(read("one")).isSameAs(first);
  }

  @Test
  void theReaderStandsBehindWhatWasKnown() throws MalformedException {
    read("one");
    ByteReader in = new ByteReader(new ByteWriter(16).writeString("one").writeByte(7).toBytes());

    known.read(in, KnownBytesTest::readText);

    assertThat(in.readByte()).isEqualTo(7);
  }

  @Test
  void theLatestAreKept() throws MalformedException {
    String one = read("one");
    String two = read("two");
    read("three");

    assertThat(read("two")).isSameAs(two);
    assertThat(read("one")).isEqualTo("one").isNotSameAs(one);
  }

  @Test
  void whatIsLongIsNotKept() throws MalformedException {
    String text = "x".repeat(KnownBytes.MOST_BYTES);

    assertThat(read(text)).isEqualTo(text).isNotSameAs(read(text));
  }

  @Test
  void whatCannotBeReadIsNotKept() {
    byte[] tooShort = {5, 'a'};

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> known.read(new ByteReader(tooShort), KnownBytesTest::readText))
          .isInstanceOf(MalformedException.class);
    }
  }

  private String read(String text) throws MalformedException {
    byte[] bytes = new ByteWriter(16).writeString(text).toBytes();
    return known.read(new ByteReader(bytes), KnownBytesTest::readText);
  }

  private static String readText(ByteReader in) throws MalformedException {
    return in.readString("a text");
  }
}
