package io.causa.wire;

import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.wire.PeerCodec.Decoded.Fault;
import io.causa.wire.PeerCodec.Decoded.Undecodable;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What every peer message travels in, so that all of it is verified before any of it is read.
 *
 * <pre>
 *   magic 1 byte, version 1, kind 1, length of the payload 4, payload, CRC-32C of all before 4
 * </pre>
 *
 * <p>A CRC-32C finds every single flipped bit and every burst of up to 32 bits; of other damage it
 * misses one in four billion. It is no signature: it finds accidents, not malice.
 */
final class PeerFrame {

  /** No earlier version began a message with this byte, and no text in ASCII does. */
  static final int MAGIC = 0xca;

  /** Before there were frames, a message began with its version: 1 or 2. */
  private static final int LAST_UNFRAMED_VERSION = 2;

  private static final int HEAD_BYTES = 1 + 1 + 1 + 4;
  private static final int CHECKSUM_BYTES = 4;

  private PeerFrame() {}

  static byte[] wrap(int kind, byte[] payload) {
    ByteWriter out = new ByteWriter(HEAD_BYTES + payload.length + CHECKSUM_BYTES);
    out.writeByte(MAGIC).writeByte(PeerCodec.VERSION).writeByte(kind);
    out.writeInt(payload.length).writeRaw(payload);
    return out.writeInt(out.crc()).toBytes();
  }

  /** What is wrong with the frame around these bytes; empty if they are as they were sent. */
  static Optional<Undecodable> check(byte[] bytes) {
    return bytes.length == 0 || bytes[0] != (byte) MAGIC
        ? Optional.of(unframed(bytes))
        : checkFramed(bytes);
  }

  private static Optional<Undecodable> checkFramed(byte[] bytes) {
    if (bytes.length < HEAD_BYTES + CHECKSUM_BYTES) {
      return damaged("it has " + bytes.length + " bytes and is cut off");
    }
    int version = bytes[1] & 0xff;
    if (version != PeerCodec.VERSION) {
      return Optional.of(otherVersion(version));
    }
    long length = readInt(bytes, HEAD_BYTES - 4) & 0xffff_ffffL;
    int there = bytes.length - HEAD_BYTES - CHECKSUM_BYTES;
    if (length != there) {
      return damaged("it has a payload of " + there + " bytes and says " + length);
    }
    int end = bytes.length - CHECKSUM_BYTES;
    int expected = readInt(bytes, end);
    int actual = crc(bytes, end);
    if (expected != actual) {
      return damaged("its CRC-32C is %08x, not %08x".formatted(actual, expected));
    }
    return Optional.empty();
  }

  /** The kind of the message in a frame that was checked. */
  static int kind(byte[] bytes) {
    return bytes[2] & 0xff;
  }

  /** The payload of a frame that was checked. */
  static ByteReader payload(byte[] bytes) {
    return new ByteReader(bytes, HEAD_BYTES, bytes.length - CHECKSUM_BYTES);
  }

  private static Undecodable unframed(byte[] bytes) {
    int first = bytes.length < 2 ? 0 : bytes[0];
    return first >= 1 && first <= LAST_UNFRAMED_VERSION
        ? otherVersion(first)
        : new Undecodable(Fault.FOREIGN, bytes.length + " bytes are no message of Causa");
  }

  private static Undecodable otherVersion(int version) {
    return new Undecodable(
        Fault.OTHER_VERSION,
        "the message has version %d; this node speaks version %d. Run the same version on all nodes"
            .formatted(version, PeerCodec.VERSION));
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
