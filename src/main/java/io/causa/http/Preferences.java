package io.causa.http;

import io.causa.node.config.NodeConfig;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.OptionalInt;

/**
 * What a client prefers (RFC 7240). Preferences that mean nothing here are ignored, as that RFC
 * wants it.
 *
 * @param waitMillis how long to wait for the context
 * @param waitSeconds what was granted when the client asked for a wait
 * @param respondAsync whether a write that has to wait is answered at once
 */
record Preferences(long waitMillis, OptionalInt waitSeconds, boolean respondAsync) {

  private static final int MOST_DIGITS = 9;

  /**
   * @throws ProblemException if {@code wait} is no whole number of seconds
   */
  static Preferences of(MultiMap headers, NodeConfig.Http limits) {
    Preferences preferences = new Preferences(limits.waitMillis(), OptionalInt.empty(), false);
    if (headers.contains(Headers.PREFER)) {
      for (String line : headers.getAll(Headers.PREFER)) {
        for (String preference : line.split(",")) {
          preferences = preferences.with(preference, limits);
        }
      }
    }
    return preferences;
  }

  private Preferences with(String preference, NodeConfig.Http limits) {
    String[] parts = preference.split(";", 2)[0].split("=", 2);
    String name = parts[0].strip().toLowerCase(Locale.ROOT);
    if (name.equals("respond-async")) {
      return new Preferences(waitMillis, waitSeconds, true);
    }
    // The first of several counts, says the RFC.
    return name.equals("wait") && waitSeconds.isEmpty()
        ? waiting(parts.length < 2 ? "" : parts[1].strip(), limits)
        : this;
  }

  private Preferences waiting(String text, NodeConfig.Http limits) {
    String digits = text.length() > 1 && text.startsWith("\"") ? unquoted(text) : text;
    if (digits.isEmpty()
        || digits.length() > MOST_DIGITS
        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new ProblemException(
          ProblemType.BAD_PREFERENCE,
          "Prefer: wait is a whole number of seconds, as in wait=5, not \"%s\"".formatted(text));
    }
    long seconds = Math.min(Integer.parseInt(digits), limits.maxWaitMillis() / 1000);
    return new Preferences(seconds * 1000, OptionalInt.of((int) seconds), respondAsync);
  }

  private static String unquoted(String text) {
    return text.endsWith("\"") ? text.substring(1, text.length() - 1) : text;
  }

  /** Says on the answer which wait was granted, if one was asked for. */
  Answer applyTo(Answer answer) {
    if (waitSeconds.isPresent()) {
      answer.header(Headers.PREFERENCE_APPLIED, "wait=" + waitSeconds.getAsInt());
    }
    return answer;
  }
}
