package io.causa.simulation.mutants;

import java.util.List;

/** Mutants of causal stability and of what is forgotten behind it. */
final class StabilityMutants {

  private StabilityMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "plain-minimum",
              "what all have applied counts as stable, though an older write may be under way",
              "io/causa/replication/Stability.java",
              "&& applied.get(sender) >= digest.applied().get(sender)",
              "&& applied.get(sender) >= 0"),
          new Mutant(
              "newest-digest-counts",
              "a digest takes the place of the one that waits, as if that had counted",
              "io/causa/replication/Stability.java",
              "? this\n          : new Member(session, counted, Optional.of(digest));",
              "? new Member(session, candidate, Optional.of(digest))\n"
                  + "          : new Member(session, counted, Optional.of(digest));"),
          new Mutant(
              "digest-judged-with-another-roster",
              "a digest is judged by one roster, and counts by the later one that it shows",
              "io/causa/replication/Stability.java",
              "return digest.roster().equals(roster)\n        &&",
              "return "),
          new Mutant(
              "silent-member-counted-out",
              "a member that was never heard holds nothing back",
              "io/causa/replication/Stability.java",
              "stable = stable.meet(counted(member, roster));",
              """
              if (members.containsKey(member)) {
                stable = stable.meet(counted(member, roster));
              }
              """),
          new Mutant(
              "received-counts-as-stable",
              "what a member has only received counts as applied there",
              "io/causa/replication/Stability.java",
              ".map(Digest::applied)",
              ".map(Digest::received)"),
          new Mutant(
              "tombstone-forgotten-early",
              "of concurrent deletes one is stable, and all are forgotten",
              "io/causa/core/store/Tombstones.java",
              "unstable.ifPresentOrElse(dot -> fileElsewhere(key, dot), () -> taken.add(key));",
              "unstable.ifPresentOrElse(dot -> taken.add(key), () -> taken.add(key));"),
          new Mutant(
              "live-loser-forgotten",
              "a value that lost to a concurrent delete goes with the tombstone",
              "io/causa/core/KeyState.java",
              "return visible().isTombstone() && losers().stream().allMatch(KeyVersion::isTombstone);",
              "return visible().isTombstone();"),
          new Mutant(
              "changed-key-removed",
              "a key is removed by the commit that gives it a value again",
              "io/causa/core/store/CommitBuilder.java",
              "keys.removeIf(changed::containsKey);",
              ""),
          new Mutant(
              "index-not-rebuilt",
              "tombstones that were there at the start are never removed",
              "io/causa/core/store/KeyStates.java",
              "readable.table().forEachDeleted(tombstones::add);",
              ""),
          new Mutant(
              "trimmed-past-a-member",
              "a full log lets the oldest go, although somebody lacks it, and keeps what all have",
              "io/causa/storage/TrimOrder.java",
              "boolean isStable = stable.covers(head.dot());",
              "boolean isStable = false;"),
          new Mutant(
              "floor-not-durable",
              "after a restart a node does not know what it has forgotten",
              "io/causa/core/store/KeyStates.java",
              "this.floor = floor;",
              "this.floor = VersionVector.EMPTY;"),
          new Mutant(
              "late-write-not-adopted",
              "a write that missed a forgotten delete is shown where the delete is forgotten only",
              "io/causa/core/store/CommitBuilder.java",
              "if (!orphans.isEmpty()) {",
              "if (orphans.size() > 1_000_000) {"));
}
