package io.causa.wire;

import io.causa.clock.VersionVector;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.Vectors;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.CRC32C;

/**
 * A client's context as an opaque text for headers and JSON: a version vector, versioned, bound to
 * its cluster, and checksummed.
 *
 * <p>The checksum finds accidents (a truncated header, a wrong paste), not malice: a context grants
 * nothing, it only makes its bearer wait. The text is base64url without padding of: version (1
 * byte), hash of the cluster's name (4), the vector, CRC-32C of all before (4).
 */
public final class ContextToken {

  /** The longest token that is looked at. Some 400 replicas fit. */
  public static final int MAX_CHARS = 8192;

  private static final int VERSION = 1;
  private static final int CHECKSUM_BYTES = 4;
  private static final int LEAST_BYTES = 1 + 4 + 1 + CHECKSUM_BYTES;
  private static final int EXPECTED_BYTES = 128;
  private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
  private static final Base64.Decoder DECODER = Base64.getUrlDecoder();

  private ContextToken() {}

  /** What became of reading a token. */
  public sealed interface Decoded {

    /** The vector, which may be empty. */
    record Valid(VersionVector context) implements Decoded {}

    /** Not a token of this cluster; the reason is for people. */
    record Invalid(String reason) implements Decoded {}
  }

  /** The token for a context in the cluster of this name. The same vector gives the same text. */
  public static String encode(VersionVector context, String clusterName) {
    ByteWriter out = new ByteWriter(EXPECTED_BYTES);
    out.writeByte(VERSION).writeInt(hash(clusterName));
    Vectors.write(out, context);
    out.writeInt(out.crc());
    return ENCODER.encodeToString(out.toBytes());
  }

  /** Reads a token that a client sent to a node of the cluster of this name. */
  public static Decoded decode(String token, String clusterName) {
    if (token.length() > MAX_CHARS) {
      return new Decoded.Invalid(
          "the context has " + token.length() + " characters, more than " + MAX_CHARS);
    }
    try {
      return decodeBytes(canonicalBytes(token), clusterName);
    } catch (MalformedException e) {
      return new Decoded.Invalid("the context is malformed: " + e.getMessage());
    }
  }

  /** Java's decoder overlooks padding and stray bits at the end; here one vector has one text. */
  private static byte[] canonicalBytes(String token) throws MalformedException {
    try {
      byte[] bytes = DECODER.decode(token);
      if (bytes.length >= LEAST_BYTES && ENCODER.encodeToString(bytes).equals(token)) {
        return bytes;
      }
    } catch (IllegalArgumentException e) {
      throw new MalformedException("it is not base64url (" + e.getMessage() + ")");
    }
    throw new MalformedException("it is cut off or not as a node wrote it");
  }

  private static Decoded decodeBytes(byte[] bytes, String clusterName) throws MalformedException {
    int checked = bytes.length - CHECKSUM_BYTES;
    ByteReader in = new ByteReader(bytes, 0, checked);
    int version = in.readByte();
    if (version != VERSION) {
      return new Decoded.Invalid(
          "the context has version " + version + "; this node reads version " + VERSION);
    }
    if (new ByteReader(bytes, checked, bytes.length).readInt() != crc(bytes, checked)) {
      return new Decoded.Invalid("the context is damaged: its checksum does not match");
    }
    if (in.readInt() != hash(clusterName)) {
      return new Decoded.Invalid(
          "the context is of another cluster; this one is \"" + clusterName + "\"");
    }
    VersionVector context = Vectors.readVector(in);
    in.requireEnd();
    return new Decoded.Valid(context);
  }

  private static int hash(String clusterName) {
    byte[] utf8 = clusterName.getBytes(StandardCharsets.UTF_8);
    return crc(utf8, utf8.length);
  }

  private static int crc(byte[] bytes, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }
}
