package io.causa.wire;

import io.causa.clock.VersionVector;
import io.causa.core.encoding.ByteReader;
import io.causa.core.encoding.ByteWriter;
import io.causa.core.encoding.Envelope;
import io.causa.core.encoding.Fields;
import io.causa.core.encoding.Format;
import io.causa.core.encoding.MalformedException;
import io.causa.core.encoding.UnsupportedException;
import io.causa.core.encoding.Vectors;
import io.causa.membership.Feature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.zip.CRC32C;

/**
 * A client's context as an opaque text for headers and JSON: a version vector, versioned, bound to
 * its cluster, and checksummed.
 *
 * <p>The checksum finds accidents (a truncated header, a wrong paste), not malice: a context grants
 * nothing, it only makes its bearer wait. The text is base64url without padding of:
 *
 * <pre>
 *   version 1: version 1 byte, hash of the cluster's name 4, the vector, CRC-32C of all before 4
 *   version 2: an {@link Envelope} of hash and vector, CRC-32C of all before 4
 * </pre>
 *
 * <p>A vector that every version reads is written in version 1, so that a client may carry it to
 * nodes of the version before as well.
 */
public final class ContextToken {

  /** The longest token that is looked at. Some 400 replicas fit. */
  public static final int MAX_CHARS = 8192;

  private static final int PLAIN_VERSION = 1;
  private static final int VERSION = 2;
  private static final Format FORMAT =
      new Format("the context", PLAIN_VERSION, VERSION, Feature.known());
  private static final Set<String> BASES = Set.of(Feature.BASES.text());
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
    return encode(context, clusterName, context.hasBases() ? BASES : Format.NO_FEATURES);
  }

  /**
   * The token for a context that only a reader understands who knows these features; nodes of
   * earlier versions refuse it by name.
   */
  static String encode(VersionVector context, String clusterName, Set<String> required) {
    ByteWriter body = new ByteWriter(EXPECTED_BYTES).writeInt(hash(clusterName));
    Vectors.write(body, context);
    ByteWriter out = new ByteWriter(EXPECTED_BYTES);
    if (required.isEmpty()) {
      out.writeByte(PLAIN_VERSION).writeRaw(body.toBytes());
    } else {
      Envelope.write(out, VERSION, required, body.toBytes(), Fields.NONE);
    }
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
    } catch (UnsupportedException e) {
      return new Decoded.Invalid(e.getMessage());
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
    FORMAT.requireVersion(bytes[0] & 0xff);
    if (new ByteReader(bytes, checked, bytes.length).readInt() != crc(bytes, checked)) {
      return new Decoded.Invalid("the context is damaged: its checksum does not match");
    }
    ByteReader in = body(bytes, checked);
    if (in.readInt() != hash(clusterName)) {
      return new Decoded.Invalid(
          "the context is of another cluster; this one is \"" + clusterName + "\"");
    }
    VersionVector context = Vectors.readVector(in);
    in.requireEnd();
    return new Decoded.Valid(context);
  }

  private static ByteReader body(byte[] bytes, int end) throws MalformedException {
    return bytes[0] == PLAIN_VERSION
        ? new ByteReader(bytes, 1, end)
        : Envelope.read(new ByteReader(bytes, 0, end), FORMAT).body();
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
