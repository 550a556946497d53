package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.Optional;

/**
 * One key as a reader on any thread finds it, and all that the reader has seen with it.
 *
 * <p>The view runs ahead of its vector for an instant, so the versions that were read belong to
 * what was seen: whoever has applied a write has applied its causes, so its dot is enough.
 *
 * @param state the key's state, which may be a tombstone; empty if the key was never written
 * @param seen the context of whoever is told the state
 */
public record KeyReading(Optional<KeyState> state, VersionVector seen) {

  /** Reads the vector first and then the key, as {@link ReadView} asks. */
  public static KeyReading of(ReadView view, String key) {
    VersionVector applied = view.applied();
    Optional<KeyState> state = view.get(key);
    return new KeyReading(state, state.map(present -> seen(applied, present)).orElse(applied));
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
