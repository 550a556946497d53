package io.causa.simulation;

import io.causa.simulation.check.Name;
import java.util.Map;

/** What a simulated node answers a client. */
sealed interface Reply {

  /**
   * @param value null if there is none
   * @param version null if the key never had one
   */
  record Shown(String value, Name version) {}

  /** Some keys, and the context of having seen them. */
  record Read(Map<String, Shown> keys, String context) implements Reply {}

  /** The write is done; so many peers have it too, as far as was asked. */
  record Written(Name version, String context) implements Reply {}

  /** The write waits for its context, and may be done later, or cancelled by its ticket. */
  record Held(long ticket) implements Reply {}

  /** Surely not done. */
  record Refused(String why) implements Reply {}
}
