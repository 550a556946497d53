package io.causa.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class VectorsTest {

  @Property
  void everyVectorIsReadAsItWasWritten(
      @ForAll @Size(max = 20) List<@LongRange(min = 1, max = Dot.MAX_SEQUENCE) Long> sequences)
      throws MalformedException {
    List<Dot> dots = new ArrayList<>();
    for (int i = 0; i < sequences.size(); i++) {
      dots.add(new Dot(new Replica("node-" + i, sequences.get(i)), sequences.get(i)));
    }
    ByteWriter out = new ByteWriter(1);
    Vectors.write(out, VersionVector.of(dots));

    ByteReader in = new ByteReader(out.toBytes());

    assertThat(Vectors.readVector(in)).isEqualTo(VersionVector.of(dots));
    in.requireEnd();
  }

  @Test
  void aNameThatNoReplicaCanHaveIsMalformed() {
    byte[] bytes = new ByteWriter(1).writeString("No Name").writeVarint(1).toBytes();

    assertThatThrownBy(() -> Vectors.readReplica(new ByteReader(bytes)))
        .isInstanceOf(MalformedException.class)
        .hasMessage("\"No Name\" is no replica's name");
  }

  @Test
  void aGenerationOfZeroIsMalformed() {
    byte[] bytes = new ByteWriter(1).writeString("a").writeVarint(0).toBytes();

    assertThatThrownBy(() -> Vectors.readReplica(new ByteReader(bytes)))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("the generation of a is 0");
  }
}
