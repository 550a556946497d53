package io.causa.access;

import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages in a browser may use the node: those of the node itself, and those of allowed
 * origins. An origin is a scheme, a host and a port if it is not the usual one, such as {@code
 * https://app.example}.
 */
public final class OriginRules {

  private static final String SAME_ORIGIN = "same-origin";
  private static final String NO_PAGE = "none";

  private final Set<String> allowed;

  public OriginRules(Collection<String> allowed) {
    this.allowed = allowed.stream().map(OriginRules::plain).collect(Collectors.toUnmodifiableSet());
  }

  /** Returns whether the text has the form of an origin. */
  public static boolean isOrigin(String text) {
    return text.matches("https?://[^/\\s,?#@]+");
  }

  /** Returns whether any origin but the node's own is allowed. */
  public boolean isEmpty() {
    return allowed.isEmpty();
  }

  /** Returns whether pages of that origin may read what the node answers. */
  public boolean isAllowed(String origin) {
    return allowed.contains(plain(origin));
  }

  /**
   * Returns whether a request that changes something may come from where it says.
   *
   * @param origin the header {@code Origin}; null if there is none
   * @param referer the header {@code Referer}; null if there is none
   * @param site the header {@code Sec-Fetch-Site}; null if there is none
   * @param own the node's origin as the client named it
   */
  public boolean mayChange(String origin, String referer, String site, String own) {
    if (origin != null) {
      return plain(origin).equals(plain(own)) || isAllowed(origin);
    }
    if (site != null && !site.equals(SAME_ORIGIN) && !site.equals(NO_PAGE)) {
      return false;
    }
    return referer == null || mayChange(originOf(referer), null, null, own);
  }

  private static String originOf(String url) {
    int path = url.indexOf('/', url.indexOf("://") + 3);
    return path < 0 ? url : url.substring(0, path);
  }

  private static String plain(String origin) {
    return origin.strip().toLowerCase(Locale.ROOT);
  }
}
