package io.causa.wire;

import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Envelope;
import io.causa.core.encoding.Fields;
import io.causa.core.encoding.Format;
import io.causa.core.encoding.MalformedException;
import io.causa.membership.Capabilities;
import io.causa.membership.Feature;
import io.causa.wire.PeerCodec.Decoded.Fault;
import io.causa.wire.PeerCodec.Decoded.Undecodable;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * What every peer message travels in, so that all of it is verified before any of it is read.
 *
 * <pre>
 *   version 4: magic 1 byte, an {@link Envelope} of kind and payload, CRC-32C of all before 4
 *   version 3: magic 1 byte, version 1, kind 1, length of the payload 4, payload, CRC-32C 4
 * </pre>
 *
 * <p>In all versions the version is the second byte: so a node can say which one it does not read.
 * A CRC-32C finds every single flipped bit and every burst of up to 32 bits; of other damage it
 * misses one in four billion. It is no signature: it finds accidents, not malice.
 *
 * @param version in which the message was sent
 * @param kind of which kind it is
 * @param payload what it says, to the end of the reader
 * @param fields what it says besides
 */
record PeerFrame(int version, int kind, ByteReader payload, Fields fields) {

  /** No earlier version began a message with this byte, and no text in ASCII does. */
  static final int MAGIC = 0xca;

  private static final Format FORMAT =
      new Format("the message", Capabilities.EARLIEST, Capabilities.LATEST, Feature.known());

  /** Before there were frames, a message began with its version: 1 or 2. */
  private static final int LAST_UNFRAMED_VERSION = 2;

  /** The last version without an envelope. */
  private static final int LAST_PLAIN_VERSION = 3;

  private static final int PLAIN_HEAD_BYTES = 1 + 1 + 1 + 4;
  private static final int CHECKSUM_BYTES = 4;
  private static final int LEAST_BYTES = 1 + 1 + CHECKSUM_BYTES;
  private static final int MOST_OVERHEAD_BYTES = 32;

  /** Puts a payload into a frame of version 3, which has no room for anything else. */
  static byte[] wrapPlain(int kind, byte[] payload) {
    ByteWriter out = new ByteWriter(PLAIN_HEAD_BYTES + payload.length + CHECKSUM_BYTES);
    out.writeByte(MAGIC).writeByte(LAST_PLAIN_VERSION).writeByte(kind);
    out.writeInt(payload.length).writeRaw(payload);
    return out.writeInt(out.crc()).toBytes();
  }

  /**
   * Puts a message into a frame of the latest version.
   *
   * @param message writes the kind, and the payload behind it
   * @param expectedBytes how long it will be, about
   * @param required the names of the features that a reader must know
   */
  static byte[] wrap(
      Consumer<ByteWriter> message, int expectedBytes, Set<String> required, Fields fields) {
    ByteWriter out = new ByteWriter(expectedBytes + MOST_OVERHEAD_BYTES);
    out.writeByte(MAGIC);
    Envelope.write(out, Capabilities.LATEST, required, message, fields);
    return out.writeInt(out.crc()).toBytes();
  }

  /** What is wrong with the frame around these bytes; empty if they are as they were sent. */
  static Optional<Undecodable> check(byte[] bytes) {
    return bytes.length == 0 || bytes[0] != (byte) MAGIC
        ? Optional.of(unframed(bytes))
        : checkFramed(bytes);
  }

  private static Optional<Undecodable> checkFramed(byte[] bytes) {
    if (bytes.length < LEAST_BYTES) {
      return damaged("it has " + bytes.length + " bytes and is cut off");
    }
    int version = bytes[1] & 0xff;
    if (version < FORMAT.least() || version > FORMAT.latest()) {
      return Optional.of(otherVersion("the message has version " + version));
    }
    int end = bytes.length - CHECKSUM_BYTES;
    if (version <= LAST_PLAIN_VERSION && plainPayloadBytes(bytes) != end - PLAIN_HEAD_BYTES) {
      return damaged("it has another length than it says");
    }
    int expected = readInt(bytes, end);
    int actual = crc(bytes, end);
    if (expected != actual) {
      return damaged("its CRC-32C is %08x, not %08x".formatted(actual, expected));
    }
    return Optional.empty();
  }

  private static long plainPayloadBytes(byte[] bytes) {
    return bytes.length < PLAIN_HEAD_BYTES + CHECKSUM_BYTES
        ? -1
        : readInt(bytes, PLAIN_HEAD_BYTES - Integer.BYTES) & 0xffff_ffffL;
  }

  /**
   * Opens a frame that was checked.
   *
   * @throws io.causa.core.encoding.UnsupportedException if it needs what this version does not know
   */
  static PeerFrame open(byte[] bytes) throws MalformedException {
    int version = bytes[1] & 0xff;
    int end = bytes.length - CHECKSUM_BYTES;
    if (version <= LAST_PLAIN_VERSION) {
      ByteReader payload = new ByteReader(bytes, PLAIN_HEAD_BYTES, end);
      return new PeerFrame(version, bytes[2] & 0xff, payload, Fields.NONE);
    }
    Envelope envelope = Envelope.read(new ByteReader(bytes, 1, end), FORMAT);
    ByteReader payload = envelope.body();
    return new PeerFrame(version, payload.readByte(), payload, envelope.fields());
  }

  private static Undecodable unframed(byte[] bytes) {
    int first = bytes.length < 2 ? 0 : bytes[0];
    return first >= 1 && first <= LAST_UNFRAMED_VERSION
        ? otherVersion("the message has version " + first)
        : new Undecodable(Fault.FOREIGN, bytes.length + " bytes are no message of Causa");
  }

  /** What to say of a message that is of another version; says what to do about it. */
  static Undecodable otherVersion(String which) {
    return new Undecodable(
        Fault.OTHER_VERSION,
        "%s; this node reads versions %d to %d. Upgrade the nodes that run the older version of Causa"
            .formatted(which, FORMAT.least(), FORMAT.latest()));
  }

  private static Optional<Undecodable> damaged(String how) {
    return Optional.of(
        new Undecodable(Fault.DAMAGED, "the message was damaged on its way: " + how));
  }

  private static int readInt(byte[] bytes, int at) {
    try {
      return new ByteReader(bytes, at, at + Integer.BYTES).readInt();
    } catch (MalformedException e) {
      throw new IllegalArgumentException("no four bytes at " + at, e);
    }
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
