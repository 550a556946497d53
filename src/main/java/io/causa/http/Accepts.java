package io.causa.http;

import java.util.regex.Pattern;

/** Whether a client asked for a media type by its name; wildcards ask for nothing special. */
final class Accepts {

  private static final Pattern REFUSED = Pattern.compile(";\\s*q=0(\\.0{0,3})?\\s*(;|$)");

  private Accepts() {}

  /**
   * @param accept the header, possibly null
   */
  static boolean asksFor(String accept, CharSequence mediaType) {
    if (accept == null) {
      return false;
    }
    for (String range : accept.split(",")) {
      String name = range.split(";", 2)[0].strip();
      if (name.equalsIgnoreCase(mediaType.toString()) && !REFUSED.matcher(range).find()) {
        return true;
      }
    }
    return false;
  }
}
