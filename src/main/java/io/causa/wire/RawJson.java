package io.causa.wire;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.vertx.core.shareddata.Shareable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * A JSON document as the text that was written: in a {@code JsonObject} it is given out as it is,
 * with each digit, space and escape. Nothing of it is ever made a number of Java.
 *
 * @param text one well-formed JSON value of any type
 */
public record RawJson(@JsonValue @JsonRawValue String text) implements Shareable {

  /**
   * How deep a value may be nested: an answer has a few levels around it, and readers take 1000 by
   * their defaults.
   */
  static final int MOST_LEVELS = 990;

  /** Takes what readers take by their defaults: numbers of 1000 characters, names of 50,000. */
  private static final JsonFactory SYNTAX =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MOST_LEVELS)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  public RawJson {
    Objects.requireNonNull(text, "text");
  }

  /**
   * Returns whether the text is one JSON value (RFC 8259) that readers take: nested at most {@link
   * #MOST_LEVELS} deep, with numbers of at most 1000 characters and names of at most 50,000.
   */
  public static boolean isWellFormed(String text) {
    try (JsonParser parser = SYNTAX.createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException malformed) {
      return false;
    }
  }

  /**
   * Cuts the value at which a parser stands out of what it reads. The parser then stands at the
   * value's last token.
   *
   * @param source the UTF-8 that the parser reads, from its first byte on
   * @throws IOException if the value is not well-formed
   */
  public static RawJson cut(JsonParser parser, byte[] source) throws IOException {
    int start = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    int end = (int) parser.currentLocation().getByteOffset();
    return new RawJson(new String(source, start, end - start, StandardCharsets.UTF_8));
  }

  /** Returns whether the value is a string. */
  public boolean isString() {
    return text.startsWith("\"");
  }

  /**
   * Returns the string with its escapes resolved; it may have half of a surrogate pair.
   *
   * @throws IllegalStateException if the value is no string
   */
  public String string() {
    if (!isString()) {
      throw new IllegalStateException("no string: " + text);
    }
    try (JsonParser parser = SYNTAX.createParser(text)) {
      parser.nextToken();
      return parser.getText();
    } catch (IOException notWellFormed) {
      throw new UncheckedIOException(notWellFormed);
    }
  }

  /** Returns this: it cannot change. */
  @Override
  public RawJson copy() {
    return this;
  }

  @Override
  public String toString() {
    return text;
  }
}
