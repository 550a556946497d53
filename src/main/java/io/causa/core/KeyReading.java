package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.Optional;

/**
 * One key as a reader on any thread finds it, and all that the reader has seen with it.
 *
 * <p>The view runs ahead of its vector for an instant, so the versions that were read belong to
 * what was seen: whoever has applied a write has applied its causes, so its dot is enough.
 *
 * @param state the key's state, which may be a tombstone; empty if the key was never written, or
 *     was deleted so long ago that its tombstone is gone
 * @param seen the context of whoever is told the state
 */
public record KeyReading(Optional<KeyState> state, VersionVector seen) {

  /**
   * Reads the vector first and then the key, as {@link ReadView} asks.
   *
   * <p>A key without a state may be one whose tombstone was removed after the vector was read: who
   * is told of the absence must be told the delete with it. What is removed was applied before, so
   * a vector that is still the same covers it. An installed snapshot, too, may take a key away; its
   * vector appears with it.
   */
  public static KeyReading of(ReadView view, String key) {
    VersionVector applied = view.applied();
    Optional<KeyState> state = view.get(key);
    VersionVector now = view.applied();
    while (state.isEmpty() && !now.equals(applied)) {
      applied = now;
      state = view.get(key);
      now = view.applied();
    }
    VersionVector before = applied;
    return new KeyReading(state, state.map(present -> seen(before, present)).orElse(before));
  }

  /** What a reader has seen that read the state at this vector. */
  public static VersionVector seen(VersionVector applied, KeyState state) {
    VersionVector seen = applied.with(state.visible().dot());
    for (KeyVersion loser : state.losers()) {
      seen = seen.with(loser.dot());
    }
    return seen;
  }
}
