package io.causa.http;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Checks what clients name as keys: not empty, text that UTF-8 can carry, at most so many bytes.
 */
final class KeyText {

  private static final int FIRST_BEYOND_ASCII = 0x80;

  private final int limitBytes;

  KeyText(int limitBytes) {
    this.limitBytes = limitBytes;
  }

  /**
   * The key in a path: everything behind {@code /kv/}, as it is, decoded.
   *
   * @throws ProblemException if it cannot be a key
   */
  String ofPath(String path) {
    return check(PercentText.decode(path.substring(RouteTable.KEY_PREFIX.length()), false));
  }

  /**
   * @throws ProblemException if this cannot be a key
   */
  String check(String key) {
    if (key.isEmpty()) {
      throw new ProblemException(
          ProblemType.BAD_KEY, "the key is empty; name one, as in /kv/greeting");
    }
    int bytes = utf8Bytes(key);
    if (bytes > limitBytes) {
      throw new ProblemException(
          new Problem(
                  ProblemType.KEY_TOO_LONG,
                  "the key \"%s\" has %d bytes in UTF-8, allowed are %d (http.keyBytes)"
                      .formatted(Excerpt.of(key), bytes, limitBytes))
              .with("bytes", bytes)
              .with("limit", "http.keyBytes")
              .with("limitBytes", limitBytes));
    }
    return key;
  }

  private static int utf8Bytes(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) >= FIRST_BEYOND_ASCII) {
        return encodedBytes(key);
      }
    }
    return key.length();
  }

  private static int encodedBytes(String key) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(key)).remaining();
    } catch (CharacterCodingException e) {
      throw new ProblemException(
          ProblemType.BAD_KEY, "the key has half of a surrogate pair, which UTF-8 cannot carry");
    }
  }
}
