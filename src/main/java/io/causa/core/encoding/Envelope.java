package io.causa.core.encoding;

import java.util.Set;
import java.util.SortedSet;
import java.util.function.Consumer;

/**
 * What messages, records and tokens stand in, so that a version can read what another one wrote.
 *
 * <pre>
 *   version   1 byte, 1 to 127: of the form of the body
 *   flags     1 byte: 1 = names follow, 2 = the length of the body follows
 *   names     their number, each with its length: the features that a reader must know
 *   length    of the body; without it the body reaches to the end of the bytes
 *   body
 *   fields    what a reader may know, after a body whose length is given; see {@link Fields}
 * </pre>
 *
 * <p>A reader refuses a version or a feature that it does not know, by name, and passes over fields
 * that it does not know. So what may be passed over is added as a field, and what may not is named
 * as a feature. The version is raised when the body itself takes another form.
 *
 * <p>The records of which there are many leave out the length, which their store keeps anyway: they
 * pay two bytes.
 */
public final class Envelope {

  /** The latest version that there can be. */
  public static final int MAX_VERSION = 127;

  private static final int NAMED = 1;
  private static final int SIZED = 2;

  private final int version;
  private final SortedSet<String> required;
  private final ByteReader body;
  private final Fields fields;

  private Envelope(int version, SortedSet<String> required, ByteReader body, Fields fields) {
    this.version = version;
    this.required = required;
    this.body = body;
    this.fields = fields;
  }

  /** Begins an envelope without features and fields; what is written from now on is its body. */
  public static void begin(ByteWriter out, int version) {
    out.writeByte(checked(version)).writeByte(0);
  }

  /** Writes an envelope. */
  public static void write(
      ByteWriter out, int version, Set<String> required, byte[] body, Fields fields) {
    write(out, version, required, bytes -> bytes.writeRaw(body), fields);
  }

  /**
   * Writes an envelope.
   *
   * @param body writes the body
   */
  public static void write(
      ByteWriter out, int version, Set<String> required, Consumer<ByteWriter> body, Fields fields) {
    out.writeByte(checked(version)).writeByte(required.isEmpty() ? SIZED : SIZED | NAMED);
    if (!required.isEmpty()) {
      FeatureNames.write(out, required);
    }
    int begin = out.beginSized();
    body.accept(out);
    out.endSized(begin);
    fields.write(out);
  }

  private static int checked(int version) {
    if (version < 1 || version > MAX_VERSION) {
      throw new IllegalArgumentException("no version is " + version);
    }
    return version;
  }

  /**
   * Reads an envelope that reaches to the end of the bytes.
   *
   * @param in is not read by anyone else afterwards
   * @throws UnsupportedException if the envelope is sound as far as it can be told, and of another
   *     version or with a feature that the format does not know
   * @throws MalformedException if it is no envelope
   */
  public static Envelope read(ByteReader in, Format format) throws MalformedException {
    int version = in.readByte();
    format.requireVersion(version);
    int flags = in.readByte();
    if (flags == 0) {
      return new Envelope(version, Format.NO_FEATURES, in, Fields.NONE);
    }
    if ((flags & ~(NAMED | SIZED)) != 0) {
      throw new MalformedException("the flags of an envelope are " + flags);
    }
    SortedSet<String> required = (flags & NAMED) == 0 ? Format.NO_FEATURES : readNames(in);
    format.requireFeatures(required);
    if ((flags & SIZED) == 0) {
      return new Envelope(version, required, in, Fields.NONE);
    }
    ByteReader body = in.slice("a body");
    return new Envelope(version, required, body, Fields.read(in));
  }

  private static SortedSet<String> readNames(ByteReader in) throws MalformedException {
    SortedSet<String> names = FeatureNames.read(in);
    if (names.isEmpty()) {
      throw new MalformedException("an envelope says that names follow, and has no name");
    }
    return names;
  }

  /** The version of the form of the body. */
  public int version() {
    return version;
  }

  /** The names of the features that a reader must know; the format knows all of them. */
  public SortedSet<String> required() {
    return required;
  }

  /** The body; its reader ends where the body does. */
  public ByteReader body() {
    return body;
  }

  public Fields fields() {
    return fields;
  }
}
