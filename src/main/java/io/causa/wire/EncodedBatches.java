package io.causa.wire;

import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Encodes messages, and each batch of writes once: several peers get the same batch, mostly at the
 * same moment.
 *
 * <p>Thread-safe. Bounds: {@link #MOST} batches, and {@link #MOST_BYTES} of them.
 */
public final class EncodedBatches {

  /** How many batches are kept at the most. */
  static final int MOST = 8;

  /** How many bytes of batches are kept at the most; a larger batch is encoded for each peer. */
  static final int MOST_BYTES = 1 << 20;

  /** The batch itself and no equal one: comparing all writes would cost more than to encode. */
  private record Encoded(WriteBatch batch, int version, byte[] bytes) {
    boolean is(PeerMessage message, int wanted) {
      return batch == message && version == wanted;
    }
  }

  private final Deque<Encoded> latestFirst = new ArrayDeque<>();
  private int keptBytes;

  /**
   * Returns the message in a version that its receiver reads, see {@link PeerCodec#encode}. The
   * array must not be changed.
   */
  public byte[] encode(PeerMessage message, int version) {
    return message instanceof WriteBatch batch
        ? encodeOnce(batch, version)
        : PeerCodec.encode(message, version);
  }

  private synchronized byte[] encodeOnce(WriteBatch batch, int version) {
    for (Encoded kept : latestFirst) {
      if (kept.is(batch, version)) {
        return kept.bytes();
      }
    }
    Encoded encoded = new Encoded(batch, version, PeerCodec.encode(batch, version));
    latestFirst.addFirst(encoded);
    keptBytes += encoded.bytes().length;
    while (latestFirst.size() > MOST || keptBytes > MOST_BYTES) {
      keptBytes -= latestFirst.removeLast().bytes().length;
    }
    return encoded.bytes();
  }
}
