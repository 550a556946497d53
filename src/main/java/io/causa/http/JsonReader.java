package io.causa.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.causa.wire.RawJson;
import io.causa.wire.Utf8;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads a JSON object in strict UTF-8. What is named as exact is cut out of the body, not
 * converted; of everything else, decimal numbers keep all their digits.
 */
final class JsonReader {

  /** The limits on bodies and values bound strings. */
  private static final StreamReadConstraints LONG_STRINGS =
      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build();

  private static final ObjectMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .disable(JsonFactory.Feature.CHARSET_DETECTION)
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(LONG_STRINGS)
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** A hint which setting of the parser would take this, or which Java object it reads. */
  private static final Pattern FOR_PROGRAMMERS =
      Pattern.compile("[:,;(][^:,;(]*`.*| \\(start marker.*");

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

  private final byte[] body;
  private final int skippedBytes;
  private final Set<String> exact;

  /**
   * @param exact which members become {@link RawJson}, as in {@link JsonBody#parse}
   */
  JsonReader(byte[] body, Set<String> exact) {
    boolean marked =
        body.length >= BYTE_ORDER_MARK.length
            && Arrays.equals(body, 0, 3, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
    this.body = marked ? Arrays.copyOfRange(body, BYTE_ORDER_MARK.length, body.length) : body;
    this.skippedBytes = marked ? BYTE_ORDER_MARK.length : 0;
    this.exact = exact;
  }

  /**
   * @throws ProblemException if the body is anything but one JSON object
   */
  JsonObject read() {
    Utf8.malformedAt(body)
        .ifPresent(
            at -> {
              throw JsonBody.wrong(
                  "the body is no JSON: JSON is UTF-8, and byte %d (0x%02x) is no part of it"
                      .formatted(skippedBytes + at, body[at]));
            });
    try (JsonParser parser = STRICT.createParser(body)) {
      JsonObject members = whole(parser);
      if (parser.nextToken() != null) {
        throw JsonBody.wrong("the body is no JSON: something follows its end");
      }
      return members;
    } catch (JsonProcessingException malformed) {
      throw JsonBody.wrong("the body is no JSON: " + where(malformed));
    } catch (IOException impossible) {
      throw new IllegalStateException("cannot read from memory", impossible);
    }
  }

  private JsonObject whole(JsonParser parser) throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw JsonBody.wrong("the body is no JSON: it is empty");
    }
    if (first != JsonToken.START_OBJECT) {
      throw JsonBody.wrong(
          "the body is a JSON object, not " + Excerpt.of(STRICT.readValue(parser, Object.class)));
    }
    JsonObject members = new JsonObject();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, member(parser, name));
    }
    return members;
  }

  private Object member(JsonParser parser, String name) throws IOException {
    if (exact.contains(name)) {
      return RawJson.cut(parser, body);
    }
    boolean map = exact.contains(name + ".*") && parser.currentToken() == JsonToken.START_OBJECT;
    return map ? exactMembers(parser) : STRICT.readValue(parser, Object.class);
  }

  private JsonObject exactMembers(JsonParser parser) throws IOException {
    JsonObject members = new JsonObject();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      members.put(name, RawJson.cut(parser, body));
    }
    return members;
  }

  private static String where(JsonProcessingException malformed) {
    String message = reason(malformed);
    return malformed.getLocation() == null
        ? message
        : "line %d, column %d: %s"
            .formatted(
                malformed.getLocation().getLineNr(),
                malformed.getLocation().getColumnNr(),
                message);
  }

  /** The parser's words where they are for people, not for those who program against it. */
  private static String reason(JsonProcessingException malformed) {
    if (malformed instanceof MismatchedInputException) {
      return "it ends too early, or something follows its end";
    }
    if (malformed instanceof StreamConstraintsException) {
      return "it is nested too deeply, or a number or name in it is too long";
    }
    return Excerpt.of(FOR_PROGRAMMERS.matcher(malformed.getOriginalMessage()).replaceFirst(""));
  }
}
