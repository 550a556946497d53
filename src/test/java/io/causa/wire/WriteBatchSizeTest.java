package io.causa.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.core.Mutation;
import io.causa.core.Write;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Metadata stays a few bytes per write: everything in a batch beyond keys and values. */
class WriteBatchSizeTest {

  @ParameterizedTest
  @CsvSource({"3, 10", "7, 14"})
  void writersThatTakeTurnsCostAFewBytesPerWrite(int replicas, int mostBytes) {
    List<Write> all = WriteSamples.alternating(replicas, 200);
    Replica first = all.get(0).origin();
    List<Write> own = all.stream().filter(write -> write.origin().equals(first)).toList();

    assertThat(metadataBytesPerWrite(own)).as("one origin's writes").isLessThan(mostBytes);
    assertThat(metadataBytesPerWrite(all)).as("everybody's writes").isLessThan(mostBytes);
  }

  @Test
  void aWriterThatHearsNothingPaysNothingForTheNumberOfReplicas() {
    List<Write> turns = WriteSamples.alternating(50, 200);
    Write last = turns.get(turns.size() - 1);
    List<Write> alone = WriteSamples.alone(last, 1000);

    assertThat(metadataBytesPerWrite(alone)).isLessThan(9);
  }

  private static double metadataBytesPerWrite(List<Write> writes) {
    WriteBatch batch = new WriteBatch(Samples.NODE1, false, writes);
    long contentBytes =
        writes.stream()
            .flatMap(w -> w.mutations().stream())
            .mapToLong(WriteBatchSizeTest::content)
            .sum();
    return (double) (PeerCodec.encode(batch).length - contentBytes) / writes.size();
  }

  private static long content(Mutation mutation) {
    int keyBytes = mutation.key().getBytes(StandardCharsets.UTF_8).length;
    return keyBytes + mutation.value().map(value -> value.bytes().length()).orElse(0);
  }
}
