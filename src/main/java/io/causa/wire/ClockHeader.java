package io.causa.wire;

import io.causa.clock.Dot;
import io.causa.clock.ReplicaNames;
import io.causa.clock.VersionVector;

/**
 * The vector as a header, {@code Causa-Clock}: an RFC 8941 dictionary such as {@code node1=17,
 * node2=4}.
 */
public final class ClockHeader {

  private static final int CHARS_PER_ENTRY = 16;

  private ClockHeader() {}

  /** Empty for the empty vector. */
  public static String print(VersionVector vector, ReplicaNames names) {
    StringBuilder text = new StringBuilder(CHARS_PER_ENTRY * vector.size());
    for (Dot entry : vector) {
      if (!text.isEmpty()) {
        text.append(", ");
      }
      appendKey(text, names.print(entry.replica())).append('=').append(entry.sequence());
    }
    return text.toString();
  }

  /** A key starts with a lower-case letter or {@code *}: section 3.2. */
  private static StringBuilder appendKey(StringBuilder text, String name) {
    if (name.charAt(0) < 'a') {
      text.append('*');
    }
    return text.append(name);
  }
}
