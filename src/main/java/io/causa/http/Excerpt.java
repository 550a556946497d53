package io.causa.http;

/** Offending texts in messages, cut to a length that a person reads. */
final class Excerpt {

  private static final int MOST_CHARS = 80;

  private Excerpt() {}

  static String of(Object value) {
    String text = String.valueOf(value);
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "…";
  }
}
