package io.causa.core.store;

import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.KeyChange;
import io.causa.core.KeyState;
import io.causa.core.ReadView;
import io.causa.core.StagedWrite;
import io.causa.core.snapshot.SnapshotCut;
import io.causa.core.snapshot.SnapshotInstant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The states of all keys and the vector of what is applied: one writer, many readers.
 *
 * <p>Owner: the store's loop writes; {@link ReadView} says what readers on other threads may rely
 * on.
 */
public final class KeyStates implements ReadView {

  /**
   * What readers find: both parts change at one instant when a snapshot is installed, so that no
   * reader tells the old vector with the states of the new one. A commit changes the table in
   * place.
   */
  private record Readable(KeyTable table, VersionVector applied) {}

  private volatile Readable readable;
  private final Runnable beforeChange;
  private final List<SnapshotCut> cuts = new ArrayList<>();
  private Tombstones tombstones = new Tombstones();
  private int leavingTombstones;
  private VersionVector floor;

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
    this.readable = new Readable(KeyTable.of(recovered), applied);
    this.floor = floor;
    this.beforeChange = beforeChange;
    readable.table().forEachDeleted(tombstones::add);
  }

  /** Makes durable writes readable, in their order, removes tombstones, and then says so. */
  void apply(Commit commit) {
    KeyTable table = readable.table();
    for (StagedWrite write : commit.writes()) {
      for (KeyChange change : write.changes()) {
        apply(change, table);
      }
    }
    for (String key : commit.removed().keys()) {
      beforeChange.run();
      KeyState old = table.remove(key);
      changed(key, old);
    }
    leavingTombstones = 0;
    floor = commit.removed().floor();
    beforeChange.run();
    readable = new Readable(table, commit.after());
  }

  private void apply(KeyChange change, KeyTable table) {
    if (!change.isOvertaken()) {
      beforeChange.run();
      KeyState old = table.put(change.state());
      changed(change.key(), old);
      tombstones.changed(old, change.state());
    }
  }

  private void changed(String key, KeyState old) {
    for (SnapshotCut cut : cuts) {
      cut.changed(key, Optional.ofNullable(old));
    }
  }

  /**
   * Makes a snapshot readable and says so, at one instant. The cuts go on over the states before
   * it, which nobody changes any more.
   */
  void install(SnapshotInstall.Prepared durable) {
    cuts.clear();
    tombstones = durable.tombstones();
    floor = durable.floor();
    beforeChange.run();
    readable = new Readable(durable.table(), durable.after());
  }

  /** Begins to remember this instant, until the cut is closed. */
  SnapshotCut cut(long lamport, long maxKeptBytes) {
    SnapshotCut cut =
        new SnapshotCut(readable.table(), instant(lamport), maxKeptBytes, cuts::remove);
    cuts.add(cut);
    return cut;
  }

  /** Returns what all states are of now. */
  SnapshotInstant instant(long lamport) {
    return new SnapshotInstant(applied(), floor, lamport);
  }

  /** Returns all states, to look at. */
  Map<String, KeyState> all() {
    return readable.table().states();
  }

  /** Returns all states as they are now, to be changed elsewhere. */
  KeyTable copy() {
    return readable.table().copy();
  }

  /** Shows every key with its state, tombstones included. */
  public void forEach(BiConsumer<String, KeyState> action) {
    all().forEach(action);
  }

  /**
   * Chooses keys to remove of which nothing but stable tombstones is left. They must be removed, or
   * changed, by the next {@link #apply}.
   *
   * @param most how many
   */
  List<String> takeDeleted(VersionVector stable, int most) {
    List<String> taken = tombstones.take(stable, most, readable.table()::get);
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
   * What all states occupy, in bytes: the sum of {@link io.causa.core.DataSize} over all keys; any
   * thread may ask.
   */
  public long dataBytes() {
    return readable.table().dataBytes();
  }

  /** Returns how many keys have concurrent versions that lost; any thread may ask. */
  public int conflicts() {
    return readable.table().conflicts();
  }

  @Override
  public VersionVector applied() {
    return readable.applied();
  }

  @Override
  public Optional<KeyState> get(String key) {
    return Optional.ofNullable(readable.table().get(key));
  }

  /** Returns the key's state; null if it has none. */
  KeyState stateOf(String key) {
    return readable.table().get(key);
  }

  @Override
  public List<String> keys(String prefix, String after, int limit) {
    return readable.table().keys(prefix, after, limit);
  }

  @Override
  public int size() {
    return readable.table().size();
  }
}
