package io.causa.core.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Replica;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ReplicaReaderTest {

  @Property
  void itReadsWhatWasWrittenHoweverOftenAndHoweverManyReplicasThereAre(
      @ForAll @Size(max = 300) List<@IntRange(min = 1, max = 200) Integer> numbers)
      throws MalformedException {
    List<Replica> replicas = numbers.stream().map(ReplicaReaderTest::replica).toList();
    ByteWriter out = new ByteWriter(16);
    replicas.forEach(replica -> Vectors.write(out, replica));

    ByteReader in = new ByteReader(out.toBytes());
    ReplicaReader reader = new ReplicaReader();
    List<Replica> read = new ArrayList<>();
    for (int i = 0; i < replicas.size(); i++) {
      read.add(reader.read(in));
    }

    in.requireEnd();
    assertThat(read).isEqualTo(replicas);
  }

  @Test
  void aReplicaThatComesAgainIsTheSameObject() throws MalformedException {
    ReplicaReader reader = new ReplicaReader();
    Replica first = reader.read(bytes(replica(1)));
    reader.read(bytes(replica(2)));
    assertThat(reader.read(bytes(replica(1)))).isSameAs(first);
  }

  @Test
  void bytesThatOnlyBeginLikeAKnownReplicaAreMalformed() throws MalformedException {
    ReplicaReader reader = new ReplicaReader();
    Replica replica = new Replica("node1", 300);
    reader.read(bytes(replica));
    byte[] whole = new ByteWriter(16).writeString("node1").writeVarint(300).toBytes();
    ByteReader cut = new ByteReader(whole, 0, whole.length - 1);
    assertThatThrownBy(() -> reader.read(cut)).isInstanceOf(MalformedException.class);
  }

  /** Some names are the beginnings of others, and some generations share bytes. */
  private static Replica replica(int number) {
    return new Replica("n" + "1".repeat(number % 5), number);
  }

  private static ByteReader bytes(Replica replica) {
    ByteWriter out = new ByteWriter(16);
    Vectors.write(out, replica);
    return new ByteReader(out.toBytes());
  }
}
