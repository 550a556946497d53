package io.causa.core.store;

import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.DataSize;
import io.causa.core.KeyChange;
import io.causa.core.KeyState;
import io.causa.core.ReadView;
import io.causa.core.StagedWrite;
import io.causa.core.snapshot.SnapshotCut;
import io.causa.core.snapshot.SnapshotInstant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BiConsumer;

/**
 * The states of all keys and the vector of what is applied: one writer, many readers.
 *
 * <p>Owner: the store's loop writes; {@link ReadView} says what readers on other threads may rely
 * on.
 */
public final class KeyStates implements ReadView {

  private volatile ConcurrentNavigableMap<String, KeyState> states;
  private final Runnable beforeChange;
  private final List<SnapshotCut> cuts = new ArrayList<>();
  private Tombstones tombstones = new Tombstones();
  private int leavingTombstones;
  private VersionVector floor;
  private volatile long dataBytes;
  private volatile VersionVector applied;

  /** An empty store. */
  public KeyStates() {
    this(VersionVector.EMPTY, Map.of());
  }

  /** The store as it was recovered, where no tombstone was ever removed. */
  public KeyStates(VersionVector applied, Map<String, KeyState> recovered) {
    this(applied, recovered, VersionVector.EMPTY, () -> {});
  }

  /**
   * The store as it was recovered, observed.
   *
   * @param floor see {@link io.causa.core.RemovedTombstones#floor()}
   * @param beforeChange is told before each single change, where readers on other threads may look:
   *     there the simulator, which has one thread, lets its readers look
   */
  public KeyStates(
      VersionVector applied,
      Map<String, KeyState> recovered,
      VersionVector floor,
      Runnable beforeChange) {
    this.applied = applied;
    this.floor = floor;
    this.beforeChange = beforeChange;
    this.states = copy(recovered);
    recovered.forEach(tombstones::changed);
    recovered.forEach((key, state) -> dataBytes += DataSize.of(key, state));
  }

  /** What is sorted already is copied in linear time. */
  private static ConcurrentNavigableMap<String, KeyState> copy(Map<String, KeyState> recovered) {
    return recovered instanceof SortedMap<String, KeyState> sorted
        ? new ConcurrentSkipListMap<>(sorted)
        : new ConcurrentSkipListMap<>(recovered);
  }

  /** Makes durable writes readable, in their order, removes tombstones, and then says so. */
  void apply(Commit commit) {
    for (StagedWrite write : commit.writes()) {
      for (KeyChange change : write.changes()) {
        apply(change);
      }
    }
    for (String key : commit.removed().keys()) {
      beforeChange.run();
      Optional<KeyState> old = Optional.ofNullable(states.remove(key));
      dataBytes -= DataSize.of(key, old);
      changed(key, old);
    }
    leavingTombstones = 0;
    floor = commit.removed().floor();
    beforeChange.run();
    applied = commit.after();
  }

  private void apply(KeyChange change) {
    if (!change.isOvertaken()) {
      beforeChange.run();
      Optional<KeyState> old = Optional.ofNullable(states.put(change.key(), change.state()));
      dataBytes += DataSize.of(change.key(), change.state()) - DataSize.of(change.key(), old);
      changed(change.key(), old);
      tombstones.changed(change.key(), change.state());
    }
  }

  private void changed(String key, Optional<KeyState> old) {
    cuts.forEach(cut -> cut.changed(key, old));
  }

  /**
   * Makes a snapshot readable, all of it at one instant, and then says so. The cuts go on over the
   * states before it, which nobody changes any more.
   */
  void install(SnapshotInstall.Prepared durable) {
    cuts.clear();
    beforeChange.run();
    states = durable.states();
    tombstones = durable.tombstones();
    floor = durable.floor();
    dataBytes = durable.dataBytes();
    beforeChange.run();
    applied = durable.after();
  }

  /** Begins to remember this instant, until the cut is closed. */
  SnapshotCut cut(long lamport, long maxKeptBytes) {
    SnapshotCut cut = new SnapshotCut(states, instant(lamport), maxKeptBytes, cuts::remove);
    cuts.add(cut);
    return cut;
  }

  /** Returns what all states are of now. */
  SnapshotInstant instant(long lamport) {
    return new SnapshotInstant(applied, floor, lamport);
  }

  /** Returns all states, to look at. */
  Map<String, KeyState> all() {
    return Collections.unmodifiableMap(states);
  }

  /** Returns all states as they are now, to be changed elsewhere. */
  ConcurrentNavigableMap<String, KeyState> copy() {
    return copy(states);
  }

  /** Shows every key with its state, tombstones included. */
  public void forEach(BiConsumer<String, KeyState> action) {
    states.forEach(action);
  }

  /**
   * Chooses keys to remove of which nothing but stable tombstones is left. They must be removed, or
   * changed, by the next {@link #apply}.
   *
   * @param most how many
   */
  List<String> takeDeleted(VersionVector stable, int most) {
    List<String> taken = tombstones.take(stable, most, states::get);
    leavingTombstones += taken.size();
    return taken;
  }

  /** See {@link io.causa.core.RemovedTombstones#floor()}. */
  VersionVector floor() {
    return floor;
  }

  /**
   * Returns how many keys have nothing but tombstones. Those that the commit under way removes are
   * counted until it is applied.
   */
  int tombstones() {
    return tombstones.size() + leavingTombstones;
  }

  /**
   * What all states occupy, in bytes: the sum of {@link DataSize} over all keys; any thread may
   * ask.
   */
  public long dataBytes() {
    return dataBytes;
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
    ConcurrentNavigableMap<String, KeyState> states = this.states;
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
