package io.causa.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strict percent-decoding (RFC 3986) of UTF-8: what is malformed is refused, never repaired, so two
 * different texts never mean the same key by accident.
 */
final class PercentText {

  private static final int LAST_ASCII = 0x7e;

  private PercentText() {}

  /**
   * @param plusIsSpace whether {@code +} is a space, as HTML forms write it in queries
   * @throws ProblemException if it is malformed
   */
  static String decode(String text, boolean plusIsSpace) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' || c > LAST_ASCII || (plusIsSpace && c == '+')) {
        return utf8(text, bytes(text, plusIsSpace));
      }
    }
    return text;
  }

  private static ByteBuffer bytes(String text, boolean plusIsSpace) {
    ByteBuffer bytes = ByteBuffer.allocate(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > LAST_ASCII) {
        throw malformed(text, "it has a raw byte outside ASCII");
      }
      if (c == '%') {
        bytes.put((byte) (16 * hex(text, i + 1) + hex(text, i + 2)));
        i += 2;
      } else {
        bytes.put((byte) (plusIsSpace && c == '+' ? ' ' : c));
      }
    }
    return bytes.flip();
  }

  private static int hex(String text, int at) {
    int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
    if (digit < 0) {
      throw malformed(text, "a % is not followed by two hexadecimal digits");
    }
    return digit;
  }

  private static String utf8(String text, ByteBuffer bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (CharacterCodingException e) {
      throw malformed(text, "its bytes are not UTF-8");
    }
  }

  private static ProblemException malformed(String text, String why) {
    return new ProblemException(
        ProblemType.BAD_ENCODING,
        "\"%s\": %s; write every other character than letters, digits and -._~ as %%XX of its UTF-8 bytes"
            .formatted(Excerpt.of(text), why));
  }
}
