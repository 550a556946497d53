package io.causa.core.store;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.DotIndex;
import io.causa.core.KeyState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The keys of which nothing but tombstones is left, found by what must become causally stable
 * before they may be removed.
 *
 * <p>A key is filed under one dot that is not known to be stable; when that is, the key is looked
 * at again. No scanning: a tombstone costs O(log n) for each of its versions, in all. A key with a
 * live version, visible or not, is never here: a write that was concurrent with a delete stays in
 * sight.
 *
 * <p>Owner: the store's loop. Bound: one entry for each such key, which the store holds anyway.
 */
final class Tombstones {

  private final DotIndex<String> byDot = new DotIndex<>();
  private final Map<String, Dot> filedUnder = new HashMap<>();

  /** The key has this state now. */
  void changed(String key, KeyState state) {
    forget(key);
    if (state.isDeleted()) {
      file(key, state.visible().dot());
    }
  }

  /**
   * Takes out keys of which every tombstone is stable. Whoever takes them removes them, or tells of
   * their new state with {@link #changed}.
   *
   * @param most how many keys
   * @param states the states of the keys that are here
   */
  List<String> take(VersionVector stable, int most, Function<String, KeyState> states) {
    List<String> taken = new ArrayList<>();
    for (Dot reached : stable.entries()) {
      while (taken.size() < most) {
        Optional<String> next = byDot.poll(reached);
        if (next.isEmpty()) {
          break;
        }
        look(next.get(), states.apply(next.get()), stable, taken);
      }
    }
    return taken;
  }

  /** How many keys are here. */
  int size() {
    return filedUnder.size();
  }

  private void look(String key, KeyState state, VersionVector stable, List<String> taken) {
    filedUnder.remove(key);
    Optional<Dot> unstable = stable.firstMissing(state.dots());
    unstable.ifPresentOrElse(dot -> file(key, dot), () -> taken.add(key));
  }

  private void file(String key, Dot dot) {
    filedUnder.put(key, dot);
    byDot.add(dot, key);
  }

  private void forget(String key) {
    Dot dot = filedUnder.remove(key);
    if (dot != null) {
      byDot.remove(dot, key);
    }
  }
}
