package io.causa.wire;

import io.causa.core.Bytes;
import io.causa.core.Value;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

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
   * A JSON value as Vert.x represents it; null is JSON's null. A value that calls itself JSON and
   * is not becomes a string.
   */
  public static Object toJson(Value value) {
    Optional<String> text = text(value);
    if (text.isEmpty()) {
      return Base64.getEncoder().encodeToString(value.bytes().unsafeArray());
    }
    return MediaType.isJson(value.contentType()) ? parsed(text.get()) : text.get();
  }

  /** {@value #BASE64} if {@link #toJson} gives that; empty if the value is given as itself. */
  public static Optional<String> encoding(Value value) {
    return text(value).isPresent() ? Optional.empty() : Optional.of(BASE64);
  }

  /**
   * The value that a client wrote in JSON: a string is a text, with base64 any bytes, and anything
   * else is a JSON document.
   *
   * @throws IllegalArgumentException if the encoding is unknown or the value is not in it; the
   *     message is for the client
   */
  public static Value fromJson(Object json, Optional<String> encoding) {
    if (encoding.isPresent()) {
      return new Value(Bytes.wrap(decoded(json, encoding.get())), BINARY_TYPE);
    }
    if (json instanceof String text) {
      return Value.text(text);
    }
    return new Value(Bytes.wrap(Json.encodeToBuffer(json).getBytes()), JSON_TYPE);
  }

  private static byte[] decoded(Object json, String encoding) {
    if (!encoding.equals(BASE64)) {
      throw new IllegalArgumentException(
          "the encoding of a value is \"base64\" or absent, not \"" + encoding + "\"");
    }
    if (!(json instanceof String text)) {
      throw new IllegalArgumentException("a value in base64 is a string, not " + json);
    }
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the value is not base64: " + e.getMessage(), e);
    }
  }

  private static Object parsed(String text) {
    try {
      return Json.decodeValue(Buffer.buffer(text));
    } catch (DecodeException e) {
      return text;
    }
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
