package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.UnsupportedException;
import io.causa.core.encoding.Vectors;
import io.causa.membership.Capabilities;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Ack;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.SnapshotRefused.Reason;
import io.causa.replication.message.PeerMessage.SnapshotRequest;
import io.causa.wire.PeerCodec.Decoded;
import java.util.Optional;

/**
 * Reads the messages of peers. Those of a cluster at rest name the same replicas and the same
 * roster each time: a decoder remembers what it read last, and reads it no second time.
 *
 * <p>Decoding trusts nothing: any bytes give a message or a reason, and allocate in proportion to
 * their number. What is decoded keeps {@link MessageRules}.
 *
 * <p>Thread-safe. Bound: {@link #MOST_DICTIONARIES} of {@link KnownBytes#MOST_BYTES} on the wire.
 */
public final class PeerDecoder {

  /** Each peer has two, one in its batches and one in its digests, unless they are the same. */
  private static final int MOST_DICTIONARIES = 8;

  private final KnownBytes<ReplicaDictionary> dictionaries = new KnownBytes<>(MOST_DICTIONARIES);

  /** Returns the message that the bytes are, or why they are none. */
  public Decoded decode(byte[] bytes) {
    Optional<Decoded.Undecodable> wrong = PeerFrame.check(bytes);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    try {
      PeerFrame frame = PeerFrame.open(bytes);
      PeerMessage message = read(frame);
      frame.payload().requireEnd();
      MessageRules.check(message);
      return new Decoded.Message(message);
    } catch (UnsupportedException e) {
      return PeerFrame.otherVersion(e.getMessage());
    } catch (MalformedException e) {
      return new Decoded.Undecodable(
          Decoded.Fault.MALFORMED, "the message is malformed: " + e.getMessage());
    }
  }

  private PeerMessage read(PeerFrame frame) throws MalformedException {
    ByteReader in = frame.payload();
    return switch (frame.kind()) {
      case PeerCodec.PRESENCE -> readPresence(frame);
      case PeerCodec.DIGEST -> Digests.read(frame, dictionaries);
      case PeerCodec.WRITE_BATCH -> new WriteBatchDecoder(in, dictionaries).read();
      case PeerCodec.PULL -> readPull(in);
      case PeerCodec.SNAPSHOT_REQUEST -> readSnapshotRequest(in);
      case PeerCodec.SNAPSHOT_CHUNK -> SnapshotChunks.read(in);
      case PeerCodec.SNAPSHOT_REFUSED -> readSnapshotRefused(in);
      case PeerCodec.ACK -> readAck(in);
      default -> throw new MalformedException("there is no message of kind " + frame.kind());
    };
  }

  private static Presence readPresence(PeerFrame frame) throws MalformedException {
    ByteReader in = frame.payload();
    Replica sender = Vectors.readReplica(in);
    long session = in.readSigned();
    String http = in.readString(MessageRules.URL_BYTES, "a URL");
    Capabilities understands = SaidCapabilities.read(frame.fields(), frame.version());
    return new Presence(sender, session, http, understands);
  }

  private static Pull readPull(ByteReader in) throws MalformedException {
    Replica sender = Vectors.readReplica(in);
    Replica origin = Vectors.readReplica(in);
    long from = in.readSigned();
    long to = in.readSigned();
    long maxBytes = in.readSigned();
    boolean isRange = from >= 1 && to >= from && to <= Dot.MAX_SEQUENCE;
    if (!isRange || maxBytes < 0 || maxBytes > Integer.MAX_VALUE) {
      throw new MalformedException("no pull is from " + from + " to " + to + ", " + maxBytes);
    }
    return new Pull(sender, origin, from, to, (int) maxBytes);
  }

  private static Ack readAck(ByteReader in) throws MalformedException {
    Replica sender = Vectors.readReplica(in);
    long session = in.readSigned();
    Replica of = Vectors.readReplica(in);
    long ofSession = in.readSigned();
    long received = in.readBetween(0, Dot.MAX_SEQUENCE, "how many writes were received");
    long applied = in.readBetween(0, Dot.MAX_SEQUENCE, "how many writes were applied");
    return new Ack(sender, session, of, ofSession, received, applied);
  }

  private static SnapshotRequest readSnapshotRequest(ByteReader in) throws MalformedException {
    Replica sender = Vectors.readReplica(in);
    long transfer = in.readSigned();
    long number = in.readBetween(1, MessageRules.MOST_CHUNKS, "the number of a chunk");
    int maxBytes = (int) in.readBetween(0, Integer.MAX_VALUE, "the size of a chunk");
    return new SnapshotRequest(sender, transfer, number, maxBytes);
  }

  private static SnapshotRefused readSnapshotRefused(ByteReader in) throws MalformedException {
    Replica sender = Vectors.readReplica(in);
    long transfer = in.readSigned();
    Reason[] reasons = Reason.values();
    int reason = (int) in.readBetween(0, reasons.length - 1, "why there is no snapshot");
    return new SnapshotRefused(sender, transfer, reasons[reason]);
  }
}
