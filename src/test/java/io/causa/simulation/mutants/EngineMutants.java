package io.causa.simulation.mutants;

import java.util.List;

/** Defects in the engine: turns, hand-offs, commits under way, start and stop. */
final class EngineMutants {

  private EngineMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "commit-released-before-durable",
              "a commit is applied and answered while it is on its way to the disk",
              "io/causa/engine/StoreLoop.java",
              "if (durable.isDone() && !durable.isCompletedExceptionally()) {",
              "if (!durable.isCompletedExceptionally()) {"),
          new Mutant(
              "failed-commit-released",
              "a commit that failed counts as durable",
              "io/causa/engine/StoreLoop.java",
              "host.fail(\"commit \" + commit.number() + \" failed\", failure); return;",
              ""),
          new Mutant(
              "second-commit-under-way",
              "the loop does not remember that a commit is under way",
              "io/causa/engine/StoreLoop.java",
              "committing = true;",
              "committing = false; store.complete();"),
          new Mutant(
              "applied-not-announced",
              "the other loops hear of the first commit of this run and of no later one",
              "io/causa/engine/StoreLoop.java",
              "if (applied != announced) {",
              "if (applied != announced && announced.size() == 0) {"),
          new Mutant(
              "loops-open-although-told-to-stop",
              "a stop during the start lets loops open behind it, over closed storage",
              "io/causa/engine/Turns.java",
              "if (closed) { return false; } loop = opened;",
              "closed = false; loop = opened;"),
          new Mutant(
              "slot-keeps-the-first",
              "a value that waits for its turn is not replaced by a later one",
              "io/causa/engine/Mailbox.java",
              "if (latest.getAndSet(value) == null) {",
              "if (latest.compareAndSet(null, value)) {"),
          new Mutant(
              "told-before-open-lost",
              "what a loop is told before it is open does not wait in its mailbox",
              "io/causa/engine/Turns.java",
              "Mailbox mailbox = new Mailbox(host.handoff(from, name), this);",
              "io.causa.engine.port.Handoff way = host.handoff(from, name);"
                  + " Mailbox mailbox = new Mailbox(arrival -> way.carry("
                  + "() -> { if (loop != null) { arrival.run(); } }), this);"),
          new Mutant(
              "wake-up-lost",
              "what arrives during a turn does not let another turn begin",
              "io/causa/engine/Turns.java",
              "orClose(this::takeAndAct); due.set(false); if (hasInputs()) { wake(); }",
              "orClose(this::takeAndAct); due.set(false);"),
          new Mutant(
              "deliverable-dropped-with-own-receipt",
              "what became deliverable without a batch from a peer is not handed over",
              "io/causa/engine/DeliveryLoop.java",
              "if (!news.deliverable().isEmpty()) {",
              "if (!news.deliverable().isEmpty() && !taken.isEmpty()) {"),
          new Mutant(
              "confirmation-untold",
              "the inbox does not hear that the data here is the latest",
              "io/causa/engine/ReplicationActions.java",
              "delivery.confirmed();",
              ""),
          new Mutant(
              "install-never-reported",
              "replication does not hear that a snapshot is installed",
              "io/causa/engine/StoreSnapshots.java",
              "installed.accept(true);",
              ""),
          new Mutant(
              "held-cancel-forgets-the-write-only",
              "a cancelled held write goes on",
              "io/causa/engine/HeldByName.java",
              "boolean cancelled = id.session() == session && store.cancelHeld(id.ticket());",
              "boolean cancelled = id.session() == session"
                  + " && store.held().find(id.ticket()).isPresent();"),
          new Mutant(
              "stop-does-not-wait-for-peers",
              "an orderly stop takes every write for pushed",
              "io/causa/engine/PeerWaits.java",
              "boolean isPushed = replicator.isPushed(awaited.getValue(), nowMillis);",
              "boolean isPushed = awaited.getValue() >= 0;"),
          new Mutant(
              "storage-closed-under-the-loops",
              "an orderly stop closes the storage while the loops still commit",
              "io/causa/engine/EngineStop.java",
              "case PUSH -> push();",
              "case PUSH -> closeStorage();"),
          new Mutant(
              "feed-skips-a-commit-under-way",
              "the feed gets a commit only while no other is under way",
              "io/causa/engine/StoreLoop.java",
              "feed.applied(applied.commit());",
              "if (store.parkedRequests() == 0) { feed.applied(applied.commit()); }"));
}
