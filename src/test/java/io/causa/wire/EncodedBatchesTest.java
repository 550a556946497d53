package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.membership.Capabilities;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.List;
import org.junit.jupiter.api.Test;

class EncodedBatchesTest {

  private static final Replica A = new Replica("a", 1);

  private final EncodedBatches encoded = new EncodedBatches();

  @Test
  void aBatchIsEncodedOnceForAllPeers() {
    WriteBatch batch = batch(1, 100);

    byte[] bytes = encode(batch);

    assertThat(bytes).isEqualTo(PeerCodec.encode(batch));
    assertThat(encode(batch(1, 100))).isNotSameAs(bytes);
    assertThat(encode(batch)).isSameAs(bytes);
  }

  @Test
  void eachVersionHasItsOwnForm() {
    WriteBatch batch = batch(1, 100);
    encode(batch);

    assertThat(encoded.encode(batch, Capabilities.EARLIEST))
        .isEqualTo(PeerCodec.encode(batch, Capabilities.EARLIEST));
    assertThat(encode(batch)).isEqualTo(PeerCodec.encode(batch));
  }

  @Test
  void theNumberIsBounded() {
    WriteBatch batch = batch(1, 100);
    byte[] bytes = encode(batch);
    for (int i = 2; i <= EncodedBatches.MOST; i++) {
      encode(batch(i, 100));
    }
    assertThat(encode(batch)).isSameAs(bytes);

    encode(batch(EncodedBatches.MOST + 1, 100));

    assertThat(encode(batch)).isNotSameAs(bytes).isEqualTo(bytes);
  }

  @Test
  void theBytesAreBounded() {
    WriteBatch batch = batch(1, 100);
    byte[] bytes = encode(batch);
    WriteBatch large = batch(2, EncodedBatches.MOST_BYTES);

    assertThat(encode(large)).isNotSameAs(encode(large));
    assertThat(encode(batch)).isNotSameAs(bytes);
  }

  @Test
  void otherMessagesAreEncodedAsEver() {
    Pull pull = new Pull(A, A, 1, 2, 3);

    assertThat(encoded.encode(pull, Capabilities.LATEST)).isEqualTo(PeerCodec.encode(pull));
  }

  private byte[] encode(WriteBatch batch) {
    return encoded.encode(batch, Capabilities.LATEST);
  }

  private static WriteBatch batch(long sequence, int valueBytes) {
    VersionVector before =
        sequence == 1 ? VersionVector.EMPTY : VersionVector.of(new Dot(A, sequence - 1));
    Value value = new Value(Bytes.wrap(new byte[valueBytes]), "");
    Write write =
        new Write(new Dot(A, sequence), sequence, before, List.of(new Mutation.Put("k", value)), 0);
    return new WriteBatch(A, false, List.of(write));
  }
}
