package io.causa.wire;

import io.causa.core.Bytes;
import io.causa.core.Value;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Values where only JSON can go: JSON as itself, text as a string, everything else in base64.
 *
 * <p>What JSON cannot carry faithfully as text (another charset than UTF-8, malformed UTF-8) goes
 * in base64, so no bytes are ever lost.
 */
public final class ValueJson {

  /** The only encoding: the value is a string in base64 (RFC 4648, section 4). */
  public static final String BASE64 = "base64";

  private static final String JSON_TYPE = "application/json";
  private static final String BINARY_TYPE = "application/octet-stream";

  private ValueJson() {}

  /**
   * What stands for the value in a {@code JsonObject}: a {@link RawJson} or a string. A value that
   * calls itself JSON and is not becomes a string.
   */
  public static Object toJson(Value value) {
    Optional<String> text = text(value);
    if (text.isEmpty()) {
      return Base64.getEncoder().encodeToString(value.bytes().unsafeArray());
    }
    boolean document = MediaType.isJson(value.contentType()) && RawJson.isWellFormed(text.get());
    return document ? new RawJson(text.get()) : text.get();
  }

  /** {@value #BASE64} if {@link #toJson} gives that; empty if the value is given as itself. */
  public static Optional<String> encoding(Value value) {
    return text(value).isPresent() ? Optional.empty() : Optional.of(BASE64);
  }

  /**
   * The value that a client wrote in JSON: a string is a text, and anything else is a JSON document
   * of just these bytes. A string with half of a surrogate pair, which is no text that UTF-8 can
   * carry, is a document as well.
   */
  public static Value fromJson(RawJson json) {
    if (json.isString()) {
      String text = json.string();
      if (Utf8.canCarry(text)) {
        return Value.text(text);
      }
    }
    return new Value(Bytes.of(json.text()), JSON_TYPE);
  }

  /**
   * The bytes that a client wrote in base64.
   *
   * @param json what stands in the client's JSON
   * @throws IllegalArgumentException if it is not base64; the message is for the client
   */
  public static Value fromBase64(Object json) {
    if (!(json instanceof String text)) {
      throw new IllegalArgumentException("a value in base64 is a string, not " + json);
    }
    try {
      return new Value(Bytes.wrap(Base64.getDecoder().decode(text)), BINARY_TYPE);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the value is not base64: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the index of the first byte that is not what the content type promises, which is text
   * in UTF-8; empty if the type promises no such text, or the value keeps the promise. A form is
   * not text here: that is what {@code curl} calls whatever it sends.
   */
  public static OptionalInt malformedAt(Value value) {
    return MediaType.isUtf8Text(value.contentType()) && !MediaType.isForm(value.contentType())
        ? Utf8.malformedAt(value.bytes().unsafeArray())
        : OptionalInt.empty();
  }

  private static Optional<String> text(Value value) {
    if (!MediaType.isUtf8Text(value.contentType())) {
      return Optional.empty();
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(value.bytes().unsafeArray());
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
