package io.causa.core.store;

import io.causa.clock.VersionVector;
import io.causa.core.KeyChange;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.core.snapshot.SnapshotJoin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Another replica's snapshot on its way into this one, in the place of a commit: none is under way
 * until it is complete. First {@link #join}, on any thread; then {@link #prepare}, on the store's
 * loop, and what that returns is made durable.
 */
public final class SnapshotInstall {

  /**
   * What becomes durable as one: the states of the keys that change, the vectors and the counter.
   *
   * @param before what is applied before
   * @param joined the join of {@code before} and the snapshot's vector
   * @param adopted own writes in the place of what may have missed a removed tombstone; they follow
   *     {@code joined}
   * @param after what is applied afterwards
   * @param lamport the highest Lamport time seen, afterwards
   * @param floor see {@link io.causa.core.RemovedTombstones#floor()}, afterwards
   * @param changes the new states of the keys that change; empty where the key has none any more
   * @param table all keys, afterwards
   * @param stable what every member is known to have applied
   */
  public record Prepared(
      VersionVector before,
      VersionVector joined,
      List<StagedWrite> adopted,
      VersionVector after,
      long lamport,
      VersionVector floor,
      Map<String, Optional<KeyState>> changes,
      KeyTable table,
      Tombstones tombstones,
      VersionVector stable) {

    /** Returns all states, afterwards, to look at. */
    public Map<String, KeyState> states() {
      return table.states();
    }
  }

  private final KeyStates here;
  private final Stamp stamp;
  private final SnapshotInstant before;
  private final ReplicaSnapshot snapshot;
  private final VersionVector stable;
  private SnapshotJoin.Joined joined;
  private Map<String, Optional<KeyState>> changes;
  private KeyTable table;
  private Tombstones tombstones;

  SnapshotInstall(KeyStates here, Stamp stamp, ReplicaSnapshot snapshot, VersionVector stable) {
    this.here = here;
    this.stamp = stamp;
    this.before = here.instant(stamp.lamport());
    this.snapshot = snapshot;
    this.stable = stable;
  }

  /** Joins the states; takes time in proportion to the number of keys. */
  public SnapshotInstall join() {
    joined = SnapshotJoin.join(before, here.all(), snapshot);
    changes = new LinkedHashMap<>(joined.changes());
    table = here.copy();
    changes.forEach((key, state) -> state.ifPresentOrElse(table::put, () -> table.remove(key)));
    tombstones = new Tombstones();
    table.forEachDeleted(tombstones::add);
    return this;
  }

  /** Gives what has to be adopted its place, behind the snapshot. */
  public Prepared prepare() {
    SnapshotInstant instant = snapshot.instant();
    stamp.jump(instant.vector(), instant.lamport());
    VersionVector vector = stamp.position();
    List<StagedWrite> adopted = new ArrayList<>();
    joined.late().forEach((key, state) -> adopted.add(adopt(key, state.visible())));
    return new Prepared(
        before.vector(),
        vector,
        adopted,
        stamp.position(),
        stamp.lamport(),
        before.floor().join(instant.floor()),
        changes,
        table,
        tombstones,
        stable);
  }

  /** What all states occupy once it is installed, in bytes; known when it is joined. */
  long dataBytes() {
    return table.dataBytes();
  }

  private StagedWrite adopt(String key, KeyVersion late) {
    VersionVector position = stamp.position();
    List<Mutation> mutations = List.of(late.mutation());
    Write write = stamp.stamp(new Proposal(0, mutations, late.wallTimeMillis()));
    KeyVersion version = KeyVersion.of(write, late.mutation());
    KeyState old = table.put(version);
    changes.put(key, Optional.of(version));
    tombstones.changed(old, version);
    List<KeyChange> change = List.of(new KeyChange(version, version, List.of()));
    return new StagedWrite(write, change, position, stamp.position(), OptionalLong.empty());
  }
}
