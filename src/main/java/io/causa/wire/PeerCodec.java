package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.Vectors;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.SnapshotChunk;
import io.causa.replication.message.PeerMessage.SnapshotMessage;
import io.causa.replication.message.PeerMessage.SnapshotRefused;
import io.causa.replication.message.PeerMessage.SnapshotRefused.Reason;
import io.causa.replication.message.PeerMessage.SnapshotRequest;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * What replicas say to one another, as bytes: each message in a {@link PeerFrame}.
 *
 * <p>Decoding trusts nothing: any bytes give a message or a reason, and allocate in proportion to
 * their number. What is decoded keeps {@link MessageRules}. Nodes of different versions do not
 * understand one another, and say so.
 */
public final class PeerCodec {

  /** Raised whenever the form of any message changes. */
  public static final int VERSION = 3;

  private static final int PRESENCE = 1;
  private static final int DIGEST = 2;
  private static final int WRITE_BATCH = 3;
  private static final int PULL = 4;
  private static final int SNAPSHOT_REQUEST = 5;
  private static final int SNAPSHOT_CHUNK = 6;
  private static final int SNAPSHOT_REFUSED = 7;
  private static final int EXPECTED_BYTES = 256;

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
      /** A message of a node that runs another version. */
      OTHER_VERSION,
      /** Not as it was sent. */
      DAMAGED,
      /** As it was sent, and yet nothing that a node says. */
      MALFORMED
    }
  }

  public static byte[] encode(PeerMessage message) {
    ByteWriter out = new ByteWriter(EXPECTED_BYTES);
    int kind = write(out, message);
    return PeerFrame.wrap(kind, out.toBytes());
  }

  /** Writes the payload, and says of which kind it is. */
  private static int write(ByteWriter out, PeerMessage message) {
    if (message instanceof Presence presence) {
      write(out, presence);
      return PRESENCE;
    }
    if (message instanceof Digest digest) {
      write(out, digest);
      return DIGEST;
    }
    if (message instanceof WriteBatch batch) {
      new WriteBatchEncoder(out).write(batch);
      return WRITE_BATCH;
    }
    if (message instanceof Pull pull) {
      write(out, pull);
      return PULL;
    }
    return writeSnapshot(out, (SnapshotMessage) message);
  }

  private static int writeSnapshot(ByteWriter out, SnapshotMessage message) {
    if (message instanceof SnapshotRequest request) {
      write(out, request);
      return SNAPSHOT_REQUEST;
    }
    if (message instanceof SnapshotChunk chunk) {
      SnapshotChunks.write(out, chunk);
      return SNAPSHOT_CHUNK;
    }
    SnapshotRefused refused = (SnapshotRefused) message;
    Vectors.write(out, refused.sender());
    out.writeSigned(refused.transfer()).writeVarint(refused.reason().ordinal());
    return SNAPSHOT_REFUSED;
  }

  public static Decoded decode(byte[] bytes) {
    Optional<Decoded.Undecodable> wrong = PeerFrame.check(bytes);
    if (wrong.isPresent()) {
      return wrong.get();
    }
    try {
      ByteReader in = PeerFrame.payload(bytes);
      PeerMessage message = read(PeerFrame.kind(bytes), in);
      in.requireEnd();
      MessageRules.check(message);
      return new Decoded.Message(message);
    } catch (MalformedException e) {
      return new Decoded.Undecodable(
          Decoded.Fault.MALFORMED, "the message is malformed: " + e.getMessage());
    }
  }

  private static PeerMessage read(int kind, ByteReader in) throws MalformedException {
    return switch (kind) {
      case PRESENCE -> readPresence(in);
      case DIGEST -> readDigest(in);
      case WRITE_BATCH -> new WriteBatchDecoder(in).read();
      case PULL -> readPull(in);
      case SNAPSHOT_REQUEST -> readSnapshotRequest(in);
      case SNAPSHOT_CHUNK -> SnapshotChunks.read(in);
      case SNAPSHOT_REFUSED -> readSnapshotRefused(in);
      default -> throw new MalformedException("there is no message of kind " + kind);
    };
  }

  private static void write(ByteWriter out, Presence presence) {
    Vectors.write(out, presence.sender());
    out.writeSigned(presence.session()).writeString(presence.http());
  }

  private static Presence readPresence(ByteReader in) throws MalformedException {
    Replica sender = Vectors.readReplica(in);
    return new Presence(sender, in.readSigned(), in.readString(MessageRules.URL_BYTES, "a URL"));
  }

  private static void write(ByteWriter out, Digest digest) {
    Set<Replica> named = new HashSet<>(Set.of(digest.sender()));
    ReplicaDictionary.collect(digest.received(), named);
    ReplicaDictionary.collect(digest.applied(), named);
    ReplicaDictionary.collect(digest.trimmed(), named);
    digest.roster().entries().forEach(entry -> named.add(entry.replica()));
    ReplicaDictionary.collect(digest.roster().retired(), named);
    ReplicaDictionary.collect(digest.roster().ended(), named);
    ReplicaDictionary replicas = ReplicaDictionary.of(named);
    replicas.write(out);
    replicas.write(out, digest.sender());
    out.writeSigned(digest.session()).writeSigned(digest.number());
    out.writeSigned(digest.heardSession());
    replicas.write(out, digest.received());
    replicas.write(out, digest.applied());
    replicas.write(out, digest.trimmed());
    replicas.write(out, digest.roster());
  }

  private static Digest readDigest(ByteReader in) throws MalformedException {
    ReplicaDictionary replicas = ReplicaDictionary.read(in);
    Replica sender = replicas.readReplica(in);
    long session = in.readSigned();
    long number = in.readSigned();
    long heard = in.readSigned();
    VersionVector received = replicas.readVector(in);
    VersionVector applied = replicas.readVector(in);
    VersionVector trimmed = replicas.readVector(in);
    Roster roster = replicas.readRoster(in);
    return new Digest(sender, session, number, received, applied, trimmed, roster, heard);
  }

  private static void write(ByteWriter out, Pull pull) {
    Vectors.write(out, pull.sender());
    Vectors.write(out, pull.origin());
    out.writeSigned(pull.from()).writeSigned(pull.to()).writeSigned(pull.maxBytes());
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

  private static void write(ByteWriter out, SnapshotRequest request) {
    Vectors.write(out, request.sender());
    out.writeSigned(request.transfer()).writeVarint(request.number());
    out.writeVarint(request.maxBytes());
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
