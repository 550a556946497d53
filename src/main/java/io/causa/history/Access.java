package io.causa.history;

import java.util.Objects;

/**
 * One key in an operation.
 *
 * @param value what was written or read; null for a delete, and for a read that found nothing
 * @param version the version as the server printed it, compared for equality only; null if the
 *     server told none
 */
public record Access(String key, String value, String version) {
  public Access {
    Objects.requireNonNull(key, "key");
  }

  @Override
  public String toString() {
    return key + (value == null ? " absent" : "=" + value) + (version == null ? "" : " " + version);
  }
}
