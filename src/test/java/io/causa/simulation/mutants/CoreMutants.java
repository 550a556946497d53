package io.causa.simulation.mutants;

import java.util.List;

/** Mutants of the clock and the core. */
final class CoreMutants {

  private CoreMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "dependency-off-by-one",
              "a write is applied although the last write of a cause is missing",
              "io/causa/core/Write.java",
              "&& applied.covers(dependencies);",
              """
              && java.util.stream.StreamSupport.stream(dependencies.spliterator(), false)
                  .allMatch(last -> applied.get(last.replica()) + 1 >= last.sequence());
              """),
          new Mutant(
              "own-entry-forgotten",
              "a write is applied although an earlier write of its origin is missing",
              "io/causa/core/Write.java",
              """
              return applied.get(dot.replica()) == dot.sequence() - 1
                && applied.covers(dependencies);
              """,
              """
              return applied.get(dot.replica()) < dot.sequence()
                  && applied.covers(dependencies.without(dot.replica()));
              """),
          new Mutant(
              "no-lamport-merge",
              "a write may have a lower Lamport time than a write that it has seen",
              "io/causa/core/store/Stamp.java",
              "lamport = Math.max(lamport, write.lamport());",
              ""),
          new Mutant(
              "lamport-forgotten-at-restart",
              "after a restart a write may have a lower Lamport time than one before it",
              "io/causa/core/store/Stamp.java",
              "this.lamport = lamport;",
              "this.lamport = 0;"),
          new Mutant(
              "counter-reused-after-restart",
              "after a restart the own sequence begins at 1 again",
              "io/causa/core/store/Stamp.java",
              "this.stamped = applied;",
              "this.stamped = applied.without(self);"),
          new Mutant(
              "only-own-dependencies",
              "a write does not say which writes of others it has seen",
              "io/causa/core/store/Stamp.java",
              "new Write(dot, lamport, stamped, proposal.mutations(), proposal.wallTimeMillis());",
              """
              new Write(
                  dot,
                  lamport,
                  VersionVector.EMPTY.join(
                      dot.sequence() == 1
                          ? VersionVector.EMPTY
                          : VersionVector.of(new Dot(self, dot.sequence() - 1))),
                  proposal.mutations(),
                  proposal.wallTimeMillis());
              """),
          new Mutant(
              "readable-before-durable",
              "readers see a write that a crash may still undo",
              "io/causa/core/store/CommitPipeline.java",
              "underWay = next.orElse(null);",
              "underWay = next.orElse(null); next.ifPresent(states::apply);"),
          new Mutant(
              "view-after-vector",
              "a reader whose context is covered may be shown what was before",
              "io/causa/core/store/KeyStates.java",
              "for (StagedWrite write : commit.writes()) {",
              """
              readable = new Readable(table, commit.after());
              for (StagedWrite write : commit.writes()) {
              """),
          new Mutant(
              "returned-dot-missing",
              "the context of an answer does not cover the version that was shown",
              "io/causa/core/KeyReading.java",
              "VersionVector seen = applied.with(state.visible().dot());",
              "VersionVector seen = applied;"),
          new Mutant(
              "key-before-vector",
              "the context of an answer covers more than what was shown",
              "io/causa/core/KeyReading.java",
              """
              VersionVector applied = view.applied();
              Optional<KeyState> state = view.get(key);
              VersionVector now = view.applied();
              """,
              """
              Optional<KeyState> state = view.get(key);
              VersionVector applied = view.applied();
              VersionVector now = applied;
              """),
          new Mutant(
              "tie-broken-by-arrival",
              "of two writes with the same Lamport time each node keeps the one that came first",
              "io/causa/core/KeyState.java",
              "versions.sort((a, b) -> b.timestamp().compareTo(a.timestamp()));",
              "versions.sort((a, b) -> Long.compare(b.lamport(), a.lamport()));"),
          new Mutant(
              "loser-forgotten",
              "a concurrent version that lost is forgotten when the next one arrives",
              "io/causa/core/Siblings.java",
              "for (KeyVersion loser : losers) {",
              "for (KeyVersion loser : java.util.List.<KeyVersion>of()) {"),
          new Mutant(
              "successor-counts-as-concurrent",
              "a version that was seen and overwritten stays as a conflict",
              "io/causa/core/KeyVersion.java",
              "return vector.get(origin) >= sequence;",
              "return vector.get(origin) > sequence;"),
          new Mutant(
              "first-state-made-durable",
              "a key that changed twice in one commit has its first state after a restart",
              "io/causa/core/Commit.java",
              "states.put(change.key(), change.state());",
              "states.putIfAbsent(change.key(), change.state());"),
          new Mutant(
              "parked-released-early",
              "a parked request goes on when the first of its missing writes is here",
              "io/causa/core/store/ParkedRequests.java",
              "-> waitFor(ticket, missing), () -> released.add(remove(ticket)));",
              "-> released.add(remove(ticket)), () -> released.add(remove(ticket)));"),
          new Mutant(
              "parked-not-released",
              "a parked request is not looked at when its writes have come",
              "io/causa/core/store/Store.java",
              "parked.release(commit.before(), commit.after())",
              "parked.release(commit.after(), commit.after())"),
          new Mutant(
              "context-not-checked",
              "a write is stamped without what its client has seen",
              "io/causa/core/store/Store.java",
              "if (states.applied().covers(awaited)) { return propose(proposal); }",
              "if (deadlineMillis > 0) { return propose(proposal); }"),
          new Mutant(
              "held-write-dropped-at-a-full-queue",
              "a write that was accepted is dropped when its context comes and the queue is full",
              "io/causa/core/store/Store.java",
              "held.release(commit.before(), commit.after()).forEach(pipeline::enqueue);",
              "held.release(commit.before(), commit.after()).forEach(pipeline::propose);"),
          new Mutant(
              "cancelled-write-still-applied",
              "a held write that its client cancelled goes on all the same",
              "io/causa/core/store/HeldWrites.java",
              "var cancelled = parked.cancel(ticket); "
                  + "cancelled.ifPresent(one -> budget.giveBack(one.request().bytes()));",
              "var cancelled = parked.find(ticket);"),
          new Mutant(
              "full-buffer-refuses-all",
              "a full buffer refuses the one write that would let it drain",
              "io/causa/core/CausalBuffer.java",
              "if (handedOverBytes > limits.handedOverBytes()) {",
              "if (handedOverBytes > limits.handedOverBytes() || heldWrites >= limits.writes()) {"),
          new Mutant(
              "buffer-without-limit",
              "the buffer takes in all that comes",
              "io/causa/core/CausalBuffer.java",
              "if (heldWrites >= limits.writes() || heldBytes + bytes > limits.bytes()) {",
              "if (heldBytes + bytes > limits.bytes()) {"),
          new Mutant(
              "applied-again",
              "a write that arrives twice is handed over twice",
              "io/causa/core/CausalBuffer.java",
              "if (delivered.covers(write.dot()) || isHeld(write.dot())) {",
              """
              if (delivered.covers(write.dot())) {
                handOver(write, write.heapBytes());
              }
              if (delivered.covers(write.dot()) || isHeld(write.dot())) {
              """),
          new Mutant(
              "waiter-forgotten",
              "a write that waits for two causes is forgotten when the first has come",
              "io/causa/core/CausalBuffer.java",
              "if (next != null) { waiting.add(waitsFor(next), next.dot()); }",
              ""),
          new Mutant(
              "own-writes-wake-nobody",
              "a held write does not notice that an own write was what it waited for",
              "io/causa/core/CausalBuffer.java",
              "news.forEach(this::reach);",
              "news.forEach(this::markDelivered);"),
          new Mutant(
              "received-over-a-gap",
              "a node says that it has received what is still missing in between",
              "io/causa/core/OriginQueue.java",
              "while (writes.contains(contiguousTo + 1)) {",
              "while (writes.contains(contiguousTo + 1) || writes.contains(contiguousTo + 2)) {"),
          new Mutant(
              "released-by-an-earlier-dot-only",
              "what waits for a dot is not found when that very dot comes",
              "io/causa/core/DotIndex.java",
              "ofReplica.headMap(sequence, true)",
              "ofReplica.headMap(sequence, false)"),
          new Mutant(
              "join-takes-the-own-entry",
              "joining two vectors forgets what only the other one has",
              "io/causa/clock/VersionVector.java",
              "return other.covers(this) ? other : merge(other, Math::max);",
              "return isEmpty() ? other : merge(other, (mine, theirs) -> mine > 0 ? mine : theirs);"),
          new Mutant(
              "position-of-the-feed",
              "a subscriber is told that what it is shown now was there before",
              "io/causa/core/store/CommitBuilder.java",
              "return new StagedWrite(write, changes, before, position, ticket);",
              "return new StagedWrite(write, changes, position, position, ticket);"),
          new Mutant(
              "two-commits-at-once",
              "a commit begins before the one before it is durable",
              "io/causa/core/store/CommitPipeline.java",
              "if (underWay != null || installing != null) { return Optional.empty(); } Optional",
              "Optional"),
          new Mutant(
              "batch-in-part",
              "of a write of several keys only the first is shown",
              "io/causa/core/store/KeyStates.java",
              "for (KeyChange change : write.changes()) {",
              "for (KeyChange change : write.changes().subList(0, 1)) {"));
}
