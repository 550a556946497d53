package io.causa.wire;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a content type says about the bytes: the little that the edge's JSON needs to know. */
final class MediaType {

  private static final Pattern CHARSET = Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\";\\s]*)");
  private static final Set<String> SUBSETS_OF_UTF8 = Set.of("utf-8", "utf8", "us-ascii");
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final Set<String> TEXTUAL =
      Set.of(
          "application/json",
          "application/xml",
          "application/javascript",
          "application/yaml",
          FORM);

  private MediaType() {}

  static boolean isJson(String contentType) {
    return essence(contentType).equals("application/json");
  }

  static boolean isForm(String contentType) {
    return essence(contentType).equals(FORM);
  }

  /** Whether the bytes are meant to be text, and in UTF-8, the default here. */
  static boolean isUtf8Text(String contentType) {
    String essence = essence(contentType);
    boolean textual =
        essence.startsWith("text/")
            || essence.endsWith("+json")
            || essence.endsWith("+xml")
            || TEXTUAL.contains(essence);
    return textual && isUtf8(contentType);
  }

  private static boolean isUtf8(String contentType) {
    if (contentType.indexOf(';') < 0) {
      return true;
    }
    Matcher charset = CHARSET.matcher(contentType.toLowerCase(Locale.ROOT));
    return !charset.find() || SUBSETS_OF_UTF8.contains(charset.group(1));
  }

  /** The type without its parameters. */
  private static String essence(String contentType) {
    int end = contentType.indexOf(';');
    String type = end < 0 ? contentType : contentType.substring(0, end);
    return type.strip().toLowerCase(Locale.ROOT);
  }
}
