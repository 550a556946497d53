package io.causa.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;

/** Writes a key into a request line. */
final class KeyPath {
  private static final String UNRESERVED = "-_~";
  private static final Set<String> SPECIAL = Set.of("", ".", "..");

  private KeyPath() {}

  /**
   * Percent-encodes all but unreserved characters. A slash stays as it is, unless a segment is
   * empty, {@code .} or {@code ..}: such a path would be normalized away on the road, so its
   * slashes and dots are encoded too.
   */
  static String of(String key) {
    boolean plain = Arrays.stream(key.split("/", -1)).noneMatch(SPECIAL::contains);
    StringBuilder path = new StringBuilder("/kv/");
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean stays = c == '/' || c == '.' ? plain : isUnreserved(c);
      path.append(stays ? String.valueOf(c) : "%%%02X".formatted((int) c));
    }
    return path.toString();
  }

  /** A text as one segment of a path. */
  static String segment(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** A key as a query parameter. */
  static String parameter(String key) {
    return parameter("key", key);
  }

  static String parameter(String name, String value) {
    return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
  }

  private static boolean isUnreserved(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || UNRESERVED.indexOf(c) >= 0;
  }
}
