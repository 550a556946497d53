package io.causa.node.config;

import java.util.Objects;

/**
 * A setting that cannot be used. The message is for the operator: it names the key, the offending
 * value, what is allowed and, once the loader has seen it, where the value came from.
 */
public final class ConfigException extends IllegalArgumentException {
  private final String key;

  /**
   * @param key the dotted path of the setting, or the place that is wrong when no setting can be
   *     named
   * @param message the whole message, the key included
   */
  public ConfigException(String key, String message) {
    super(message);
    this.key = Objects.requireNonNull(key);
  }

  /** The same failure with the place the value came from. */
  ConfigException from(String source) {
    ConfigException located = new ConfigException(key, getMessage() + " (from " + source + ")");
    located.initCause(this);
    return located;
  }

  /** The dotted path of the setting, such as {@code http.port}. */
  public String key() {
    return key;
  }
}
