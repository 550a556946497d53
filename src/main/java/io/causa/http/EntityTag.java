package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.wire.VersionText;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The entity tags (RFC 9110, 8.8.3) of what is shown of a key.
 *
 * <p>That of a value is its version in full: it names these bytes forever. That of the details is
 * another one, and weak: it names the version and the set of those that lost to it, while the clock
 * beside them moves with every write to any key.
 */
final class EntityTag {

  private static final String WEAK = "W/";

  private EntityTag() {}

  /** Returns the tag of the bytes of this version. */
  static String of(Dot version) {
    return '"' + VersionText.full(version) + '"';
  }

  /** Returns the tag of the details of this state. */
  static String ofDetails(KeyState state) {
    String version = VersionText.full(state.visible().dot());
    return state.losers().isEmpty()
        ? "%s\"%s;details\"".formatted(WEAK, version)
        : "%s\"%s;details;%d-%08x\""
            .formatted(WEAK, version, state.losers().size(), checksum(state));
  }

  /** Of versions that lost; their order is the same at every node. */
  private static long checksum(KeyState state) {
    CRC32C checksum = new CRC32C();
    for (KeyVersion loser : state.losers()) {
      checksum.update((VersionText.full(loser.dot()) + ' ').getBytes(StandardCharsets.UTF_8));
    }
    return checksum.getValue();
  }

  /**
   * Compares as {@code If-None-Match} does: a weak tag is as good as a strong one.
   *
   * @param ifNoneMatch the header, possibly null: {@code *}, or tags separated by commas
   */
  static boolean matches(String ifNoneMatch, String tag) {
    if (ifNoneMatch == null) {
      return false;
    }
    for (String given : Replica.modernized(ifNoneMatch).split(",")) {
      String candidate = given.strip();
      if (candidate.equals("*") || opaque(candidate).equals(opaque(tag))) {
        return true;
      }
    }
    return false;
  }

  private static String opaque(String tag) {
    return tag.startsWith(WEAK) ? tag.substring(WEAK.length()) : tag;
  }
}
