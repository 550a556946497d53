package io.causa.core.store;

import io.causa.clock.VersionVector;
import io.causa.core.DataSize;
import io.causa.core.KeyChange;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.RemovedTombstones;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Puts one commit together: what its writes make of their keys, which of them came late, and which
 * tombstones go.
 *
 * <p><b>Late writes.</b> A tombstone goes once every write still to come has seen it. There are
 * writes that no member could know of: of a node that founded a cluster of its own, or was
 * forgotten. Such a write depends on less than {@link RemovedTombstones#floor()}, and if its key
 * has no state here, then it may have lost to a tombstone that is gone: whoever still holds the
 * tombstone would hide the value for ever, and whoever does not would show it. So this replica
 * adopts it: in the same commit it makes an own write of the same mutations, which has seen all
 * that was applied here, and replaces the late one and the tombstone wherever it arrives. A key
 * that has a state needs nothing: the first write that gave it one had seen the removed tombstones,
 * or was adopted.
 *
 * <p>This ends. An adopted write depends on all that is applied at its origin, and so covers the
 * floor there. A member's floor covers only what it knew each member to have applied, the adopter
 * among them; so the adopted write is late only at replicas that had not met the adopter when they
 * removed something. Each of those may adopt it once more, and what that makes covers both floors.
 *
 * <p>Owner: the store's loop. Lives while a commit begins.
 */
final class CommitBuilder {

  /** How many keys one commit removes at the most: bounds the time that writers wait for it. */
  static final int MOST_COLLECTED = 1000;

  private final KeyStates states;
  private final Stamp stamp;
  private final List<StagedWrite> writes = new ArrayList<>();
  private final Map<String, KeyState> changed = new HashMap<>();
  private RemovedTombstones removed = RemovedTombstones.NOTHING;
  private VersionVector position;
  private int lateWrites;
  private long dataBytes;

  /**
   * @param position behind the last write before: a base that was raised since is no event
   */
  CommitBuilder(KeyStates states, Stamp stamp, VersionVector position) {
    this.states = states;
    this.stamp = stamp;
    this.position = position;
    this.dataBytes = states.dataBytes();
  }

  /**
   * The next write, which the stamp has passed.
   *
   * @param ticket the proposal that it answers, if any
   */
  void add(Write write, OptionalLong ticket) {
    boolean late = isLate(write);
    List<Mutation> orphans = late ? withoutState(write) : List.of();
    writes.add(prepare(write, ticket));
    if (late) {
      lateWrites++;
    }
    if (!orphans.isEmpty()) {
      adopt(orphans, write.wallTimeMillis());
    }
  }

  /** Whether the write can join now: an adopted one needs an own dot. */
  boolean mayTake(Write write) {
    return stamp.isAllowed() || !isLate(write) || withoutState(write).isEmpty();
  }

  /** Whether own dots may be given. */
  boolean mayStamp() {
    return stamp.isAllowed();
  }

  /** Whether the write may have missed a removed tombstone, so that a key may adopt it. */
  boolean isLate(Write write) {
    return !write.dependencies().covers(states.floor());
  }

  /** Removes what is stable, as far as no write of this commit has changed it. */
  void collect(VersionVector stable) {
    List<String> keys = states.takeDeleted(stable, MOST_COLLECTED);
    keys.removeIf(changed::containsKey);
    VersionVector floor = states.floor();
    for (String key : keys) {
      floor = floor.join(states.stateOf(key).dots());
    }
    // All that is still to come has seen a stable base, so no write becomes late by it.
    removed = new RemovedTombstones(keys, floor.compactedBy(stable));
  }

  boolean isEmpty() {
    return writes.isEmpty() && removed.keys().isEmpty();
  }

  List<StagedWrite> writes() {
    return writes;
  }

  /** Returns the position behind the last write. */
  VersionVector position() {
    return position;
  }

  RemovedTombstones removed() {
    return removed;
  }

  /** What all states occupy once the writes so far are applied, in bytes. */
  long dataBytes() {
    return dataBytes;
  }

  /** The key's state once the writes so far are applied; null if it has none. */
  KeyState present(String key) {
    KeyState inCommit = changed.get(key);
    return inCommit != null ? inCommit : states.stateOf(key);
  }

  int lateWrites() {
    return lateWrites;
  }

  private List<Mutation> withoutState(Write write) {
    return write.mutations().stream().filter(m -> present(m.key()) == null).toList();
  }

  private void adopt(List<Mutation> orphans, long wallTimeMillis) {
    StagedWrite late = writes.remove(writes.size() - 1);
    Write adopted = stamp.stamp(new Proposal(0, orphans, wallTimeMillis));
    StagedWrite replacement = prepare(adopted, OptionalLong.empty());
    // The late version is never shown: for whoever has the tombstone, it has lost already.
    List<KeyChange> changes = late.changes().stream().map(this::asItIsNow).toList();
    writes.add(new StagedWrite(late.write(), changes, late.before(), late.after(), late.ticket()));
    writes.add(replacement);
  }

  private KeyChange asItIsNow(KeyChange change) {
    return new KeyChange(change.version(), changed.get(change.key()), change.conflicts());
  }

  private StagedWrite prepare(Write write, OptionalLong ticket) {
    VersionVector before = position;
    position = stamp.position();
    List<KeyChange> changes = changes(write, write.mutations());
    return new StagedWrite(write, changes, before, position, ticket);
  }

  private List<KeyChange> changes(Write write, List<Mutation> mutations) {
    if (mutations.size() == 1) {
      return List.of(change(write, mutations.get(0)));
    }
    List<KeyChange> changes = new ArrayList<>(mutations.size());
    for (Mutation mutation : mutations) {
      changes.add(change(write, mutation));
    }
    return changes;
  }

  private KeyChange change(Write write, Mutation mutation) {
    KeyVersion version = KeyVersion.of(write, mutation);
    KeyState present = present(mutation.key());
    List<KeyVersion> conflicts =
        present == null ? List.of() : present.concurrentWith(write.dependencies());
    KeyState state = KeyState.after(conflicts, version);
    dataBytes += DataSize.growth(present, state);
    changed.put(mutation.key(), state);
    return new KeyChange(version, state, conflicts);
  }
}
