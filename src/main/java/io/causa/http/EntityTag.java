package io.causa.http;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.wire.VersionText;

/** The {@code ETag} of a value is its version in full: it names these bytes forever. */
final class EntityTag {

  private EntityTag() {}

  static String of(Dot version) {
    return '"' + VersionText.full(version) + '"';
  }

  /**
   * @param ifNoneMatch the header, possibly null: {@code *}, or tags separated by commas
   */
  static boolean matches(String ifNoneMatch, Dot version) {
    if (ifNoneMatch == null) {
      return false;
    }
    String tag = of(version);
    for (String given : Replica.modernized(ifNoneMatch).split(",")) {
      String candidate = given.strip();
      if (candidate.equals("*") || candidate.equals(tag) || candidate.equals("W/" + tag)) {
        return true;
      }
    }
    return false;
  }
}
