package io.causa.access;

import java.util.List;

/**
 * A role, and the keys it holds for.
 *
 * @param prefixes the keys that begin with one of these; empty for all keys. At most {@value
 *     #MOST_PREFIXES}, without an empty one, and not for an administrator, who sees all keys
 */
public record Grant(Role role, List<String> prefixes) {

  /** The most prefixes of one grant. */
  public static final int MOST_PREFIXES = 100;

  /** Everything: what a caller of a node without access control may do. */
  public static final Grant ALL = new Grant(Role.ADMIN, List.of());

  /**
   * @throws IllegalArgumentException if the prefixes cannot be used; the message is for people
   */
  public Grant {
    prefixes = List.copyOf(prefixes);
    if (prefixes.size() > MOST_PREFIXES) {
      throw new IllegalArgumentException(
          "there are %d prefixes, allowed are %d".formatted(prefixes.size(), MOST_PREFIXES));
    }
    if (prefixes.contains("")) {
      throw new IllegalArgumentException("a prefix is empty; leave it out to grant all keys");
    }
    if (role == Role.ADMIN && !prefixes.isEmpty()) {
      throw new IllegalArgumentException(
          "the role admin cannot be limited to prefixes: an administrator copies all data");
    }
  }

  /** Returns whether some keys are outside of it. */
  public boolean isLimited() {
    return !prefixes.isEmpty();
  }

  /** Returns whether the key is within it, or every key that begins with this text. */
  public boolean covers(String keyOrPrefix) {
    if (prefixes.isEmpty()) {
      return true;
    }
    for (String prefix : prefixes) {
      if (keyOrPrefix.startsWith(prefix)) {
        return true;
      }
    }
    return false;
  }

  /** Returns whether all of the keys are within it. */
  public boolean coversAll(List<String> keys) {
    return prefixes.isEmpty() || keys.stream().allMatch(this::covers);
  }
}
