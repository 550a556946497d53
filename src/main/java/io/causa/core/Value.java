package io.causa.core;

import java.util.Objects;

/**
 * What a key holds: bytes that are kept as they came, and what the client said they are.
 *
 * @param bytes the value, possibly empty
 * @param contentType the media type given by the writer, never interpreted here
 */
public record Value(Bytes bytes, String contentType) {

  public Value {
    Objects.requireNonNull(bytes, "bytes");
    Objects.requireNonNull(contentType, "contentType");
  }

  /** A plain text in UTF-8. */
  public static Value text(String text) {
    return new Value(Bytes.of(text), "text/plain;charset=UTF-8");
  }
}
