package io.causa.simulation;

import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.KeyState;
import io.causa.core.Renaming;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.core.store.SnapshotInstall;
import io.causa.storage.MemoryLog;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What reached a directory as one: a commit, or a peer's snapshot.
 *
 * @param joined how far a snapshot goes; {@code before} for a commit
 * @param floor of removed tombstones, afterwards
 * @param stable what every member is known to have applied
 * @param removed the keys whose tombstones go
 * @param changes the new states of keys; empty where the key has none any more
 * @param prepared the writes that the log takes in; of a snapshot those that are adopted
 * @param atMillis when it was begun, by the wall clock
 */
record Landed(
    VersionVector before,
    VersionVector joined,
    VersionVector after,
    long lamport,
    VersionVector floor,
    VersionVector stable,
    List<String> removed,
    Map<String, Optional<KeyState>> changes,
    List<StagedWrite> prepared,
    long atMillis) {

  /** What an empty directory has. */
  static final Landed NOTHING =
      new Landed(
          VersionVector.EMPTY,
          VersionVector.EMPTY,
          VersionVector.EMPTY,
          0,
          VersionVector.EMPTY,
          VersionVector.EMPTY,
          List.of(),
          Map.of(),
          List.of(),
          0);

  static Landed of(Commit commit, long atMillis) {
    Map<String, Optional<KeyState>> changes = new HashMap<>();
    commit.finalStates().forEach((key, state) -> changes.put(key, Optional.of(state)));
    commit.removed().keys().forEach(key -> changes.put(key, Optional.empty()));
    return new Landed(
        commit.before(),
        commit.before(),
        commit.after(),
        commit.lamport(),
        commit.removed().floor(),
        commit.stable(),
        commit.removed().keys(),
        changes,
        commit.writes(),
        atMillis);
  }

  static Landed of(SnapshotInstall.Prepared snapshot, long atMillis) {
    return new Landed(
        snapshot.before(),
        snapshot.joined(),
        snapshot.after(),
        snapshot.lamport(),
        snapshot.floor(),
        snapshot.stable(),
        List.of(),
        snapshot.changes(),
        snapshot.adopted(),
        atMillis);
  }

  /** The same, after the last own writes were given to the next generation. */
  Landed renamed(Renaming renaming) {
    Map<String, Optional<KeyState>> renamed = new HashMap<>();
    changes.forEach((key, state) -> renamed.put(key, state.map(renaming::rename)));
    return new Landed(
        renaming.rename(before),
        renaming.rename(joined),
        renaming.rename(after),
        lamport,
        renaming.rename(floor),
        renaming.rename(stable),
        removed,
        renamed,
        prepared.stream().map(write -> RenamedWrite.of(write, renaming)).toList(),
        atMillis);
  }

  List<Write> writes() {
    return prepared.stream().map(StagedWrite::write).toList();
  }

  boolean isSnapshot() {
    return !joined.equals(before);
  }

  /** What it makes of the key states. */
  void enter(Map<String, KeyState> states) {
    changes.forEach(
        (key, now) ->
            now.ifPresentOrElse(state -> states.put(key, state), () -> states.remove(key)));
  }

  /** What it makes of the log. */
  void enter(MemoryLog log) {
    log.skip(before, joined);
    log.add(writes(), joined, stable, atMillis);
    log.compact(after);
  }
}
