package io.causa.wire;

import io.causa.clock.VersionVector;
import io.causa.core.Write;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Fields;
import io.causa.core.encoding.Vectors;
import io.causa.membership.Capabilities;
import io.causa.membership.Feature;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.SnapshotMessage;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.SnapshotRequest;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.Set;

/**
 * What replicas say to one another, as bytes: each message in a {@link PeerFrame}.
 *
 * <p>Each version reads what the one before it sent, and writes it for whom it has to; other
 * versions are refused by name. {@link PeerDecoder} reads, {@link EncodedBatches} encodes once what
 * several peers get.
 */
public final class PeerCodec {

  static final int PRESENCE = 1;
  static final int DIGEST = 2;
  static final int WRITE_BATCH = 3;
  static final int PULL = 4;
  static final int SNAPSHOT_REQUEST = 5;
  static final int SNAPSHOT_CHUNK = 6;
  static final int SNAPSHOT_REFUSED = 7;
  static final int ACK = 8;
  private static final int EXPECTED_BYTES = 256;
  private static final int MOST_EXPECTED_BYTES = 1 << 20;

  private PeerCodec() {}

  /** What became of reading a message. */
  public sealed interface Decoded {

    record Message(PeerMessage message) implements Decoded {}

    /** No message that this version takes; the reason is for people. */
    record Undecodable(Fault fault, String reason) implements Decoded {}

    /** Why bytes are no message. */
    enum Fault {
      /** Somebody else's bytes. */
      FOREIGN,
      /** A message of a node that runs another version, which this one does not read. */
      OTHER_VERSION,
      /** Not as it was sent. */
      DAMAGED,
      /** As it was sent, and yet nothing that a node says. */
      MALFORMED
    }
  }

  /** Returns the message in the latest version. */
  public static byte[] encode(PeerMessage message) {
    return encode(message, Capabilities.LATEST);
  }

  /**
   * Returns the message in a version that its receiver reads. A message that needs a feature is of
   * the latest version all the same: a receiver that does not know it says why it refuses it.
   *
   * @throws IllegalArgumentException if this version of Causa does not write that one
   */
  public static byte[] encode(PeerMessage message, int version) {
    Set<String> required = required(message);
    if (version == Capabilities.LATEST || !required.isEmpty()) {
      return PeerFrame.wrap(
          out -> write(out.writeByte(kind(message)), message, Capabilities.LATEST),
          expectedBytes(message),
          required,
          fields(message));
    }
    if (version == Capabilities.EARLIEST) {
      ByteWriter out = new ByteWriter(expectedBytes(message));
      write(out, message, version);
      return PeerFrame.wrapPlain(kind(message), out.toBytes());
    }
    throw new IllegalArgumentException("no message is written in version " + version);
  }

  private static int expectedBytes(PeerMessage message) {
    long bytes = EXPECTED_BYTES;
    if (message instanceof WriteBatch batch) {
      for (Write write : batch.writes()) {
        bytes += write.sizeBytes();
      }
    }
    return (int) Math.min(bytes, MOST_EXPECTED_BYTES);
  }

  private static Fields fields(PeerMessage message) {
    if (message instanceof Presence presence) {
      return SaidCapabilities.fields(presence.understands());
    }
    return message instanceof Digest digest ? Digests.fields(digest) : Fields.NONE;
  }

  /** What a reader of the message must know; such a message has no earlier form. */
  private static Set<String> required(PeerMessage message) {
    if (message instanceof Ack) {
      return Set.of(Feature.ACKS.text());
    }
    boolean bases =
        message instanceof Digest digest
            ? Digests.needsBases(digest)
            : message instanceof WriteBatch batch
                ? needsBases(batch)
                : message instanceof SnapshotChunk chunk
                    && (chunk.instant().vector().hasBases() || chunk.instant().floor().hasBases());
    return bases ? Set.of(Feature.BASES.text()) : Set.of();
  }

  private static boolean needsBases(WriteBatch batch) {
    VersionVector seen = VersionVector.EMPTY;
    for (Write write : batch.writes()) {
      if (!write.dependencies().isOfSameReplicas(seen)) {
        seen = write.dependencies();
        if (seen.hasBases()) {
          return true;
        }
      }
    }
    return false;
  }

  private static int kind(PeerMessage message) {
    if (message instanceof SnapshotMessage) {
      return message instanceof SnapshotRequest
          ? SNAPSHOT_REQUEST
          : message instanceof SnapshotChunk ? SNAPSHOT_CHUNK : SNAPSHOT_REFUSED;
    }
    if (message instanceof Presence) {
      return PRESENCE;
    }
    if (message instanceof Ack) {
      return ACK;
    }
    return message instanceof Digest ? DIGEST : message instanceof Pull ? PULL : WRITE_BATCH;
  }

  private static void write(ByteWriter out, PeerMessage message, int version) {
    if (message instanceof Presence presence) {
      write(out, presence);
    } else if (message instanceof Digest digest) {
      Digests.write(out, digest, version);
    } else if (message instanceof Ack ack) {
      write(out, ack);
    } else if (message instanceof WriteBatch batch) {
      new WriteBatchEncoder(out).write(batch);
    } else if (message instanceof Pull pull) {
      write(out, pull);
    } else {
      write(out, (SnapshotMessage) message);
    }
  }

  private static void write(ByteWriter out, SnapshotMessage message) {
    if (message instanceof SnapshotRequest request) {
      write(out, request);
    } else if (message instanceof SnapshotChunk chunk) {
      SnapshotChunks.write(out, chunk);
    } else if (message instanceof SnapshotRefused refused) {
      Vectors.write(out, refused.sender());
      out.writeSigned(refused.transfer()).writeVarint(refused.reason().ordinal());
    }
  }

  /** Returns the message that the bytes are, or why they are none; see {@link PeerDecoder}. */
  public static Decoded decode(byte[] bytes) {
    return new PeerDecoder().decode(bytes);
  }

  private static void write(ByteWriter out, Presence presence) {
    Vectors.write(out, presence.sender());
    out.writeSigned(presence.session()).writeString(presence.http());
  }

  private static void write(ByteWriter out, Ack ack) {
    Vectors.write(out, ack.sender());
    out.writeSigned(ack.session());
    Vectors.write(out, ack.of());
    out.writeSigned(ack.ofSession()).writeVarint(ack.received()).writeVarint(ack.applied());
  }

  private static void write(ByteWriter out, Pull pull) {
    Vectors.write(out, pull.sender());
    Vectors.write(out, pull.origin());
    out.writeSigned(pull.from()).writeSigned(pull.to()).writeSigned(pull.maxBytes());
  }

  private static void write(ByteWriter out, SnapshotRequest request) {
    Vectors.write(out, request.sender());
    out.writeSigned(request.transfer()).writeVarint(request.number());
    out.writeVarint(request.maxBytes());
  }
}
