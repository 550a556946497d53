package io.causa.node.port;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of a backup: one directory under the one that the operator allowed, and never a way out
 * of it.
 *
 * @param text 1 to 64 of A-Z, a-z, 0-9, {@code .}, {@code _} and {@code -}, no dot in front
 */
public record BackupName(String text) {

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

  public BackupName {
    if (!ALLOWED.matcher(text).matches()) {
      throw new IllegalArgumentException("no name of a backup: " + text);
    }
  }

  /** Empty if the text is no such name. */
  public static Optional<BackupName> of(String text) {
    return ALLOWED.matcher(text).matches() ? Optional.of(new BackupName(text)) : Optional.empty();
  }
}
