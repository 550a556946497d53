package io.causa.core;

import java.util.List;

/**
 * One key's part of a write that is about to be applied.
 *
 * @param version what the write made of the key
 * @param state the key's state once the write is applied; if the write is adopted, once the write
 *     that adopts it is
 * @param conflicts the versions that the write had not seen: whichever of them and it is visible,
 *     the others lost
 */
public record KeyChange(KeyVersion version, KeyState state, List<KeyVersion> conflicts) {

  public KeyChange {
    conflicts = List.copyOf(conflicts);
  }

  public String key() {
    return version.key();
  }

  /** Whether the write met a concurrent version. */
  public boolean isConflict() {
    return !conflicts.isEmpty();
  }

  /** Whether a later write of the same commit takes its place before anyone could read it. */
  public boolean isOvertaken() {
    return !state.has(version);
  }

  /** Whether reads return this version now, rather than a concurrent one. */
  public boolean isVisible() {
    return state.visible().equals(version);
  }
}
