package io.causa.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.core.Mutation;
import io.causa.core.Value;
import java.util.List;
import org.junit.jupiter.api.Test;

class MutationsTest {

  private static final Mutation PUT = new Mutation.Put("k", Value.text("v"));
  private static final Mutation DELETE = new Mutation.Delete("k");

  @Test
  void bytesThatChangeAKeyTwiceAreMalformed() {
    assertThatThrownBy(() -> roundTrip(PUT, DELETE))
        .isInstanceOf(MalformedException.class)
        .hasMessage("a write changes a key twice: \"k\"");
  }

  @Test
  void mutationsOfDifferentKeysAreReadAsTheyWereWritten() throws MalformedException {
    Mutation other = new Mutation.Delete("l");
    assertThat(roundTrip(PUT, other)).containsExactly(PUT, other);
  }

  @Test
  void aNumberOfMutationsThatTheBytesCannotHoldIsMalformed() {
    byte[] bytes = new byte[6];

    for (long count : new long[] {0, -1, 4, Long.MAX_VALUE}) {
      assertThatThrownBy(() -> Mutations.readAll(new ByteReader(bytes), count))
          .isInstanceOf(MalformedException.class)
          .hasMessage("a write has " + count + " mutations");
    }
  }

  @Test
  void aKindThatNobodyKnowsIsMalformed() {
    byte[] bytes = new ByteWriter(1).writeVarint(100).toBytes();

    assertThatThrownBy(() -> Mutations.readChange(new ByteReader(bytes), "k"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("the kind of a mutation is 100");
  }

  private static List<Mutation> roundTrip(Mutation... mutations) throws MalformedException {
    ByteWriter out = new ByteWriter(64);
    Mutations.writeAll(out, List.of(mutations));
    return Mutations.readAll(new ByteReader(out.toBytes()), mutations.length);
  }
}
