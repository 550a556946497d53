package io.causa.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes a key as the end of a path. */
final class KeyPath {
  private static final String UNRESERVED = "-._~";

  private KeyPath() {}

  /**
   * Percent-encodes all but unreserved characters. A slash stays as it is, unless a segment is
   * empty, {@code .} or {@code ..}: such paths would be normalized away on the road.
   */
  static String of(String key) {
    boolean keepSlash =
        Arrays.stream(key.split("/", -1))
            .noneMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
    StringBuilder path = new StringBuilder("/kv/");
    for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (isUnreserved(c) || c == '/' && keepSlash) {
        path.append(c);
      } else {
        path.append('%').append("%02X".formatted((int) c));
      }
    }
    return path.toString();
  }

  private static boolean isUnreserved(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || UNRESERVED.indexOf(c) >= 0;
  }
}
