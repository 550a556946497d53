package io.causa.core;

import io.causa.clock.VersionVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What must become durable as one atomic batch before any of it is released: log entries, key
 * states, removed tombstones, the vector and the counter. The idea of one value that says "save,
 * then send" is {@code Ready} of etcd's raft.
 *
 * @param number counts the commits of this run, from 1
 * @param writes in the order of application, which extends causality; empty if tombstones are
 *     removed and nothing else. What a snapshot brings is not among them: the first one, if any,
 *     does not follow {@code before} then
 * @param before the vector when the commit began
 * @param after the vector once all its writes are applied
 * @param lamport the highest Lamport time seen once all its writes are applied
 * @param removed the tombstones that go
 * @param stable what every member is known to have applied: the log can do without it first
 */
public record Commit(
    long number,
    List<StagedWrite> writes,
    VersionVector before,
    VersionVector after,
    long lamport,
    RemovedTombstones removed,
    VersionVector stable) {

  public Commit {
    writes = List.copyOf(writes);
  }

  /** The last state of each key that changes: what storage must hold when the commit is durable. */
  public Map<String, KeyState> finalStates() {
    Map<String, KeyState> states = new HashMap<>();
    for (StagedWrite write : writes) {
      for (KeyChange change : write.changes()) {
        states.put(change.key(), change.state());
      }
    }
    return states;
  }
}
