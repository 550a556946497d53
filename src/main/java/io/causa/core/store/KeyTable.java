package io.causa.core.store;

import io.causa.core.DataSize;
import io.causa.core.KeyState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * All keys with their states, an index of those that have a value, and what is counted of them.
 *
 * <p>Pages of keys are read from the index. So a page costs O(log n) and its own length, however
 * many tombstones lie between its keys.
 *
 * <p>One thread changes the table, and any thread reads it. Between the change of a state and that
 * of the index a page may differ from the states: who needs both reads where the table is changed.
 */
final class KeyTable {

  private final ConcurrentSkipListMap<String, KeyState> states;
  private final ConcurrentSkipListSet<String> live;
  private volatile long dataBytes;
  private volatile int conflicts;

  /** Takes the states over, which the caller changes no more. */
  KeyTable(ConcurrentSkipListMap<String, KeyState> states) {
    this.states = states;
    this.live = new ConcurrentSkipListSet<>();
    states.forEach((key, state) -> count(key, null, state));
  }

  private KeyTable(KeyTable table) {
    this.states = sorted(table.states);
    this.live = new ConcurrentSkipListSet<>((NavigableSet<String>) table.live);
    this.dataBytes = table.dataBytes;
    this.conflicts = table.conflicts;
  }

  /** Returns a table of its own with these states. */
  static KeyTable of(Map<String, KeyState> states) {
    return new KeyTable(
        states instanceof SortedMap<String, KeyState> sorted
            ? sorted(sorted)
            : new ConcurrentSkipListMap<>(states));
  }

  /** What is sorted already is copied in linear time. */
  private static ConcurrentSkipListMap<String, KeyState> sorted(SortedMap<String, KeyState> map) {
    return new ConcurrentSkipListMap<>(map);
  }

  /** Returns the table as it is now, to be changed elsewhere; nobody changes it meanwhile. */
  KeyTable copy() {
    return new KeyTable(this);
  }

  /** Gives the key a state; returns the one before. */
  Optional<KeyState> put(String key, KeyState state) {
    KeyState old = states.put(key, state);
    count(key, old, state);
    return Optional.ofNullable(old);
  }

  /** Forgets the key; returns its state before. */
  Optional<KeyState> remove(String key) {
    KeyState old = states.remove(key);
    count(key, old, null);
    return Optional.ofNullable(old);
  }

  /** A null stands for no state. The index is asked only when it has to change. */
  private void count(String key, KeyState old, KeyState now) {
    dataBytes += DataSize.growth(key, old, now);
    conflicts += conflicts(now) - conflicts(old);
    if (isLive(now) != isLive(old)) {
      if (isLive(now)) {
        live.add(key);
      } else {
        live.remove(key);
      }
    }
  }

  private static int conflicts(KeyState state) {
    return state != null && !state.losers().isEmpty() ? 1 : 0;
  }

  private static boolean isLive(KeyState state) {
    return state != null && !state.visible().isTombstone();
  }

  /** Returns all states, to look at. */
  NavigableMap<String, KeyState> states() {
    return Collections.unmodifiableNavigableMap(states);
  }

  /** See {@link io.causa.core.ReadView#get}. */
  Optional<KeyState> get(String key) {
    return Optional.ofNullable(states.get(key));
  }

  /** See {@link io.causa.core.ReadView#keys}. */
  List<String> keys(String prefix, String after, int limit) {
    boolean fromPrefix = after.compareTo(prefix) < 0;
    List<String> page = new ArrayList<>();
    for (String key : fromPrefix ? live.tailSet(prefix, true) : live.tailSet(after, false)) {
      if (page.size() == limit || !key.startsWith(prefix)) {
        break;
      }
      page.add(key);
    }
    return page;
  }

  /** Returns what all states occupy, in bytes: the sum of {@link DataSize} over all keys. */
  long dataBytes() {
    return dataBytes;
  }

  /** Returns how many keys have concurrent versions that lost. */
  int conflicts() {
    return conflicts;
  }
}
