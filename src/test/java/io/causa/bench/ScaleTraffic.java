package io.causa.bench;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Write;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.wire.PeerCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the replicas of a cluster send one another, in messages and bytes.
 *
 * <p>Of a batch, the <em>dependencies</em> are what it is longer than the same batch of writes that
 * depend on their origin only; the <em>frame</em> is an empty batch; the <em>content</em> are keys
 * and values; the rest belongs to each write: sequence, Lamport time, wall time, lengths.
 */
final class ScaleTraffic {

  long batches;
  long writes;
  long batchBytes;
  long contentBytes;
  long frameBytes;
  long dependencyBytes;
  long acks;
  long ackBytes;
  long digests;
  long digestBytes;
  long otherMessages;
  long otherBytes;
  private WriteBatch last;
  private long lastDependencyBytes;

  /** A message of so many bytes is sent to one replica. */
  void count(PeerMessage message, int bytes) {
    if (message instanceof WriteBatch batch) {
      count(batch, bytes);
    } else if (message instanceof Ack) {
      acks++;
      ackBytes += bytes;
    } else if (message instanceof Digest) {
      digests++;
      digestBytes += bytes;
    } else {
      otherMessages++;
      otherBytes += bytes;
    }
  }

  private void count(WriteBatch batch, int bytes) {
    batches++;
    writes += batch.writes().size();
    batchBytes += bytes;
    contentBytes += batch.writes().stream().mapToLong(ScaleTraffic::content).sum();
    if (!batch.equals(last)) {
      last = batch;
      lastDependencyBytes = bytes - encoded(batch, independent(batch.writes()));
    }
    dependencyBytes += lastDependencyBytes;
    frameBytes += encoded(batch, List.of());
  }

  private static int encoded(WriteBatch batch, List<Write> writes) {
    return PeerCodec.encode(new WriteBatch(batch.sender(), batch.pulled(), writes)).length;
  }

  private static List<Write> independent(List<Write> writes) {
    List<Write> independent = new ArrayList<>();
    for (Write write : writes) {
      long before = write.dot().sequence() - 1;
      VersionVector own =
          before == 0 ? VersionVector.EMPTY : VersionVector.of(new Dot(write.origin(), before));
      independent.add(
          new Write(write.dot(), write.lamport(), own, write.mutations(), write.wallTimeMillis()));
    }
    return independent;
  }

  private static long content(Write write) {
    long bytes = 0;
    for (Mutation mutation : write.mutations()) {
      bytes += mutation.key().getBytes(StandardCharsets.UTF_8).length;
      bytes += mutation.value().map(value -> value.bytes().length()).orElse(0);
    }
    return bytes;
  }

  /** What was sent besides keys and values, for each write and each peer that it was sent to. */
  double metadataPerWrite() {
    return (double) (batchBytes - contentBytes + ackBytes + digestBytes + otherBytes) / writes;
  }

  double framePerWrite() {
    return (double) frameBytes / writes;
  }

  double dependenciesPerWrite() {
    return (double) dependencyBytes / writes;
  }

  double restPerWrite() {
    return (double) (batchBytes - contentBytes - frameBytes - dependencyBytes) / writes;
  }

  double acksPerWrite() {
    return (double) ackBytes / writes;
  }

  double digestsPerWrite() {
    return (double) (digestBytes + otherBytes) / writes;
  }

  double writesPerBatch() {
    return (double) writes / batches;
  }

  long messages() {
    return batches + acks + digests + otherMessages;
  }
}
