package io.causa.node.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * The checks of the configuration's records. Each failure names the key, the value and what is
 * allowed.
 */
final class Check {
  private Check() {}

  static void range(String key, long value, long least, long most) {
    if (value < least || value > most) {
      throw new ConfigException(
          key, "%s is %d, allowed is %d..%d".formatted(key, value, least, most));
    }
  }

  static void notBelow(String key, long value, String otherKey, long other) {
    if (value < other) {
      throw new ConfigException(
          key,
          "%s is %d, it must not be below %s, which is %d".formatted(key, value, otherKey, other));
    }
  }

  static void above(String key, long value, String otherKey, long other) {
    if (value <= other) {
      throw new ConfigException(
          key, "%s is %d, it must be above %s, which is %d".formatted(key, value, otherKey, other));
    }
  }

  static void matches(String key, String value, Pattern allowed) {
    if (!allowed.matcher(value).matches()) {
      throw new ConfigException(
          key, "%s is \"%s\", allowed is %s".formatted(key, value, allowed.pattern()));
    }
  }

  static void notBlank(String key, String value, String what) {
    if (value.isBlank()) {
      throw new ConfigException(key, "%s is empty, it must name %s".formatted(key, what));
    }
  }

  /** Returns the path; what a file system of this machine cannot name is refused. */
  static Path path(String key, String value) {
    try {
      return Path.of(value);
    } catch (InvalidPathException unusable) {
      throw new ConfigException(
          key,
          "%s is \"%s\", which is no path here: %s".formatted(key, value, unusable.getReason()));
    }
  }
}
