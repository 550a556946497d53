package io.causa.core;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What waits for a dot, found by the dot: adding, removing and releasing cost O(log n), however
 * much waits.
 *
 * @param <T> what waits; equal items that wait for the same dot are one
 */
public final class DotIndex<T> {

  private final NavigableMap<Replica, NavigableMap<Long, Set<T>>> waiting = new TreeMap<>();

  /** Files the item under the dot that it waits for. */
  public void add(Dot dot, T item) {
    // Room for one: few wait for the same dot.
    waiting
        .computeIfAbsent(dot.replica(), replica -> new TreeMap<>())
        .computeIfAbsent(dot.sequence(), sequence -> new LinkedHashSet<>(1))
        .add(item);
  }

  /** Takes the item out again; returns false if it does not wait for that dot. */
  public boolean remove(Dot dot, T item) {
    NavigableMap<Long, Set<T>> ofReplica = waiting.get(dot.replica());
    Set<T> same = ofReplica == null ? null : ofReplica.get(dot.sequence());
    boolean removed = same != null && same.remove(item);
    if (removed && same.isEmpty()) {
      ofReplica.remove(dot.sequence());
      dropIfEmpty(dot.replica(), ofReplica);
    }
    return removed;
  }

  /**
   * Takes out everything that waits for this dot or an earlier one of the same replica, the
   * earliest first. If a base is reached, that is also what waits for any write before it.
   */
  public List<T> release(Dot reached) {
    List<T> released = new ArrayList<>();
    for (Replica before : before(reached)) {
      released.addAll(release(before, Long.MAX_VALUE));
    }
    released.addAll(release(reached.replica(), reached.sequence()));
    return released;
  }

  /** The replicas, of those that something waits for, that the base stands for. */
  private List<Replica> before(Dot reached) {
    if (!reached.isBase()) {
      return List.of();
    }
    Replica end = new Replica(reached.replica().name(), reached.sequence());
    return List.copyOf(waiting.subMap(reached.replica(), false, end, false).keySet());
  }

  private List<T> release(Replica replica, long sequence) {
    NavigableMap<Long, Set<T>> ofReplica = waiting.get(replica);
    if (ofReplica == null) {
      return List.of();
    }
    NavigableMap<Long, Set<T>> due = ofReplica.headMap(sequence, true);
    List<T> released = due.values().stream().flatMap(Collection::stream).toList();
    due.clear();
    dropIfEmpty(replica, ofReplica);
    return released;
  }

  /**
   * Takes out one that waits for this dot or an earlier one of the same replica: of those that wait
   * for the earliest. If a base is reached, that may be one that waits for any write before it.
   */
  public Optional<T> poll(Dot reached) {
    List<Replica> before = before(reached);
    return before.isEmpty()
        ? poll(reached.replica(), reached.sequence())
        : poll(before.get(0), Long.MAX_VALUE);
  }

  private Optional<T> poll(Replica replica, long sequence) {
    NavigableMap<Long, Set<T>> ofReplica = waiting.get(replica);
    if (ofReplica == null || ofReplica.firstKey() > sequence) {
      return Optional.empty();
    }
    Dot earliest = new Dot(replica, ofReplica.firstKey());
    T item = ofReplica.get(earliest.sequence()).iterator().next();
    remove(earliest, item);
    return Optional.of(item);
  }

  /** Returns the bases that something waits for, of each name the latest. */
  public List<Dot> bases() {
    return waiting.entrySet().stream()
        .filter(same -> same.getKey().isBase())
        .map(same -> new Dot(same.getKey(), same.getValue().lastKey()))
        .toList();
  }

  /** Whether nothing waits; nothing is kept then. */
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Clients name the replicas, and they can make up any number of them. */
  private void dropIfEmpty(Replica replica, NavigableMap<Long, Set<T>> ofReplica) {
    if (ofReplica.isEmpty()) {
      waiting.remove(replica);
    }
  }
}
