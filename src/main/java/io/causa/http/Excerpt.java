package io.causa.http;

import io.vertx.core.json.Json;
import java.util.List;
import java.util.Map;

/** Offending texts in messages, cut to a length that a person reads. */
final class Excerpt {

  private static final int MOST_CHARS = 80;

  private Excerpt() {}

  /** Returns the beginning of the text; what came as JSON is shown as JSON. */
  static String of(Object value) {
    String text = text(value);
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
  }

  private static String text(Object value) {
    boolean structured = value instanceof Map || value instanceof List;
    return structured ? Json.encode(value) : String.valueOf(value);
  }
}
