package io.causa.storage;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import java.util.Map;

/**
 * The state in which a replica starts.
 *
 * @param self its identity; a new generation if there was no data
 * @param applied the vector of the last durable commit
 * @param lamport the highest Lamport time seen by then
 * @param states the key states by then
 * @param floor what the tombstones that were removed by then belonged to
 */
public record Recovered(
    Replica self,
    VersionVector applied,
    long lamport,
    Map<String, KeyState> states,
    VersionVector floor) {

  /** What a replica without data starts with. */
  static Recovered nothing(Replica self) {
    return new Recovered(self, VersionVector.EMPTY, 0, Map.of(), VersionVector.EMPTY);
  }

  /**
   * Returns the same without the states, once the store has states of its own; see {@link
   * Storage#recovered}.
   */
  public Recovered withoutStates() {
    return new Recovered(self, applied, lamport, Map.of(), floor);
  }
}
