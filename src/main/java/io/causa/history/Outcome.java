package io.causa.history;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How a request ended, as far as its client can know. */
public enum Outcome {
  OK,
  /** A read that found nothing. */
  ABSENT,
  /** It surely did not happen. */
  REFUSED,
  /**
   * It may happen yet, may have happened, or never will: no answer, or an answer that promises
   * nothing.
   */
  UNKNOWN;

  /** Whether the answer tells something about the state of the node. */
  public boolean known() {
    return this == OK || this == ABSENT;
  }

  @JsonValue
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
