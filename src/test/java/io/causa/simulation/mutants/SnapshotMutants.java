package io.causa.simulation.mutants;

import java.util.List;

/** Mutants of the catch-up by snapshot. */
final class SnapshotMutants {

  private SnapshotMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "snapshot-never-fetched",
              "what is in no log never comes",
              "io/causa/replication/GapRepair.java",
              ".filter(gap -> gap.isOverdue(nowMillis) && !isInALog(gap, live))",
              ".filter(gap -> false)"),
          new Mutant(
              "snapshot-visible-early",
              "the first chunk of a snapshot is taken for all of it",
              "io/causa/replication/SnapshotFetch.java",
              "if (chunk.last()) {",
              "if (chunk.number() > 0) {"),
          new Mutant(
              "chunk-number-unchecked",
              "a chunk that comes twice or late is taken for the next one",
              "io/causa/replication/SnapshotFetch.java",
              "&& chunk.number() == underWay.next",
              ""),
          new Mutant(
              "snapshot-of-many-instants",
              "what changes while a snapshot is read comes with it",
              "io/causa/core/store/KeyStates.java",
              "cut.changed(key, Optional.ofNullable(old));",
              ""),
          new Mutant(
              "snapshot-shown-before-its-vector",
              "a reader finds a key gone while the vector does not cover its delete",
              "io/causa/core/store/KeyStates.java",
              "readable = new Readable(durable.table(), durable.after());",
              """
              readable = new Readable(durable.table(), readable.applied());
              beforeChange.run();
              readable = new Readable(durable.table(), durable.after());
              """),
          new Mutant(
              "snapshot-without-the-old-states",
              "keys that were overwritten before the walk reached them are left out",
              "io/causa/core/snapshot/SnapshotCut.java",
              "return old == null ? Optional.ofNullable(states.get(key)) : old;",
              "return old == null ? Optional.ofNullable(states.get(key)) : Optional.empty();"),
          new Mutant(
              "join-resurrects",
              "what the server has overwritten or deleted stays here",
              "io/causa/core/KeyState.java",
              "stay.removeIf(version -> theirCovered.covers(version.dot()) && !right.contains(version));",
              ""),
          new Mutant(
              "join-drops-own-writes",
              "what only this replica has is lost with a snapshot",
              "io/causa/core/KeyState.java",
              "stay.removeIf(version -> theirCovered.covers(version.dot()) && !right.contains(version));",
              "stay.removeIf(version -> !right.contains(version));"),
          new Mutant(
              "snapshot-replaces-the-vector",
              "after a snapshot this replica does not know any more what only it had applied",
              "io/causa/core/store/Stamp.java",
              "stamped = stamped.join(applied);",
              "stamped = applied;"),
          new Mutant(
              "snapshot-without-adoption",
              "what missed a delete that the server has forgotten stays as it is",
              "io/causa/core/snapshot/SnapshotJoin.java",
              "if (joined.isPresent() && isLate(ours, theirs, joined.get())) {",
              "if (joined.isEmpty() && isLate(ours, theirs, null)) {"),
          new Mutant(
              "snapshot-without-lamport",
              "after a snapshot a write may have a lower Lamport time than a write that it has seen",
              "io/causa/core/store/Stamp.java",
              "lamport = Math.max(lamport, lamportSeen);",
              ""),
          new Mutant(
              "snapshot-brings-it-twice",
              "a write that was on its way to the store is applied though a snapshot brought it",
              "io/causa/core/store/CommitPipeline.java",
              "return installed.covers(write.dot());",
              "return false;"),
          new Mutant(
              "snapshot-during-a-commit",
              "a snapshot is installed while a commit is under way",
              "io/causa/core/store/CommitPipeline.java",
              "if (underWay != null || installing != null || !stamp.isAllowed()) {",
              "if (installing != null || !stamp.isAllowed()) {"));
}
