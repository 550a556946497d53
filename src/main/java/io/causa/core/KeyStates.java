package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The states of all keys and the vector of what is applied: one writer, many readers.
 *
 * <p>Owner: the store's loop writes; {@link ReadView} says what readers on other threads may rely
 * on.
 */
public final class KeyStates implements ReadView {

  private final ConcurrentNavigableMap<String, KeyState> states = new ConcurrentSkipListMap<>();
  private final Runnable pause;
  private volatile VersionVector applied;

  /** An empty store. */
  public KeyStates() {
    this(VersionVector.EMPTY, Map.of());
  }

  /** The store as it was recovered. */
  public KeyStates(VersionVector applied, Map<String, KeyState> recovered) {
    this(applied, recovered, () -> {});
  }

  /**
   * The store as it was recovered, watched.
   *
   * @param pause runs before each single change, where readers on other threads may look: there the
   *     simulator, which has one thread, lets its readers look
   */
  public KeyStates(VersionVector applied, Map<String, KeyState> recovered, Runnable pause) {
    this.applied = applied;
    this.pause = pause;
    states.putAll(recovered);
  }

  /** Makes durable writes readable, in their order, and then says so. */
  void apply(Commit commit) {
    for (PreparedWrite write : commit.writes()) {
      for (KeyChange change : write.changes()) {
        pause.run();
        states.put(change.key(), change.state());
      }
    }
    pause.run();
    applied = commit.after();
  }

  @Override
  public VersionVector applied() {
    return applied;
  }

  @Override
  public Optional<KeyState> get(String key) {
    return Optional.ofNullable(states.get(key));
  }

  @Override
  public List<String> keys(String prefix, String after, int limit) {
    boolean fromPrefix = after.compareTo(prefix) < 0;
    var tail = fromPrefix ? states.tailMap(prefix, true) : states.tailMap(after, false);
    List<String> page = new ArrayList<>();
    for (Map.Entry<String, KeyState> entry : tail.entrySet()) {
      if (page.size() == limit || !entry.getKey().startsWith(prefix)) {
        break;
      }
      if (!entry.getValue().visible().isTombstone()) {
        page.add(entry.getKey());
      }
    }
    return page;
  }

  @Override
  public int size() {
    return states.size();
  }
}
