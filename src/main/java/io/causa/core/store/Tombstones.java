package io.causa.core.store;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The keys of which nothing but tombstones is left, found by what must become causally stable
 * before they may be removed.
 *
 * <p>A key is filed under one dot that is not known to be stable: that of its visible version, or
 * another one once that is stable. When it is, the key is looked at again. No scanning: a tombstone
 * costs O(log n) for each of its versions, in all. A key with a live version, visible or not, is
 * never here: a write that was concurrent with a delete stays in sight.
 *
 * <p>Owner: the store's loop. Bound: one entry for each such key, which the store holds anyway.
 */
final class Tombstones {

  private record Filed(long sequence, String key) implements Comparable<Filed> {
    private static final Comparator<Filed> ORDER =
        Comparator.comparingLong(Filed::sequence).thenComparing(Filed::key);

    @Override
    public int compareTo(Filed other) {
      return ORDER.compare(this, other);
    }
  }

  private final NavigableMap<Replica, NavigableSet<Filed>> byOrigin = new TreeMap<>();

  /** Only keys that are filed under another dot than that of their visible version. */
  private final Map<String, Dot> elsewhere = new HashMap<>();

  private int size;

  /** A key has another state now; null stands for no state before. */
  void changed(KeyState old, KeyState now) {
    if (old != null && old.isDeleted()) {
      forget(old);
    }
    if (now.isDeleted()) {
      add(now);
    }
  }

  /** A key has this state, of nothing but tombstones, and is not here yet. */
  void add(KeyState state) {
    file(state.key(), state.visible().dot());
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
    if (size == 0) {
      return taken;
    }
    for (Dot reached : stable.entries()) {
      while (taken.size() < most) {
        Optional<String> next = poll(reached);
        if (next.isEmpty()) {
          break;
        }
        look(states.apply(next.get()), stable, taken);
      }
    }
    return taken;
  }

  /** How many keys are here. */
  int size() {
    return size;
  }

  private void look(KeyState state, VersionVector stable, List<String> taken) {
    String key = state.key();
    elsewhere.remove(key);
    Optional<Dot> unstable = stable.firstMissing(state.dots());
    unstable.ifPresentOrElse(dot -> fileElsewhere(key, dot), () -> taken.add(key));
  }

  private void fileElsewhere(String key, Dot dot) {
    elsewhere.put(key, dot);
    file(key, dot);
  }

  private void file(String key, Dot dot) {
    byOrigin
        .computeIfAbsent(dot.replica(), origin -> new TreeSet<>())
        .add(new Filed(dot.sequence(), key));
    size++;
  }

  private void forget(KeyState state) {
    Dot other = elsewhere.remove(state.key());
    Dot dot = other != null ? other : state.visible().dot();
    NavigableSet<Filed> sameOrigin = byOrigin.get(dot.replica());
    if (sameOrigin != null && sameOrigin.remove(new Filed(dot.sequence(), state.key()))) {
      left(dot.replica(), sameOrigin);
    }
  }

  /** Takes out a key that waits for this dot, an earlier one, or one that the base stands for. */
  private Optional<String> poll(Dot reached) {
    Replica origin = reached.replica();
    long sequence = reached.sequence();
    if (reached.isBase()) {
      // Generations count from 1, and the base stands before them.
      origin = byOrigin.higherKey(origin);
      boolean isBefore =
          origin != null
              && origin.name().equals(reached.replica().name())
              && origin.generation() < reached.sequence();
      sequence = isBefore ? Dot.MAX_SEQUENCE : 0;
    }
    NavigableSet<Filed> sameOrigin = origin == null ? null : byOrigin.get(origin);
    if (sameOrigin == null || sameOrigin.first().sequence() > sequence) {
      return Optional.empty();
    }
    Filed first = sameOrigin.pollFirst();
    left(origin, sameOrigin);
    return Optional.of(first.key());
  }

  private void left(Replica origin, NavigableSet<Filed> sameOrigin) {
    size--;
    if (sameOrigin.isEmpty()) {
      byOrigin.remove(origin);
    }
  }
}
