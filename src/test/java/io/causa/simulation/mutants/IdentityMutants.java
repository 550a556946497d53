package io.causa.simulation.mutants;

import java.util.List;

/** Mutants of what keeps a dot from naming two writes when a replica's data is not the latest. */
final class IdentityMutants {

  private static final String IDENTITY = "io/causa/identity/Identity.java";

  private IdentityMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "older-copy-unnoticed",
              "a node whose data was put back goes on counting where that ends",
              IDENTITY,
              "if (there <= standing.shared(own) || known.isBelowBase(self)) {",
              "if (there <= Long.MAX_VALUE) {"),
          new Mutant(
              "older-copy-measured-by-what-was-stamped-since",
              "a node that was alone does not count what it stamped meanwhile as taken",
              IDENTITY,
              "if (there <= standing.shared(own) || known.isBelowBase(self)) {",
              "if (there <= own) {"),
          new Mutant(
              "doubt-cleared-too-early",
              "the first peer that knows nothing later makes the node trusted, though another one does",
              "io/causa/identity/Witnesses.java",
              "return all || contactMillis >= graceMillis;",
              "return true;"),
          new Mutant(
              "doubt-cleared-by-an-old-roster",
              "a member that the first digest reveals is not waited for, though it knows more",
              "io/causa/replication/Readiness.java",
              ".look(membership.known().members(), catchUp.isDone())",
              ".look(membership.roster().members(), catchUp.isDone())"),
          new Mutant(
              "adopted-before-it-may-stamp",
              "a late write is adopted under a dot that may be taken",
              "io/causa/core/store/Stamp.java",
              "return allowed;",
              "return allowed = true;"),
          new Mutant(
              "doubt-forgotten-at-restart",
              "a node that was alone, and ended, trusts what it stamped meanwhile",
              "io/causa/identity/StoredIdentity.java",
              "? Incarnation.doubted(next, trusted())",
              "? Incarnation.found(next, own)"),
          new Mutant(
              "doubted-writes-leave",
              "own writes are sent before anyone has confirmed that their dots are free",
              IDENTITY,
              "return declared ? standing().shared(own) : 0;",
              "return declared ? own : 0;"),
          new Mutant(
              "undeclared-writes-leave",
              "renamed writes leave before their generation is known to hold its name",
              IDENTITY,
              "return declared ? standing().shared(own) : 0;",
              "return standing().shared(own);"),
          new Mutant(
              "stamped-before-its-name-is-noted",
              "a write is stamped by a generation that its directory does not know as a member",
              IDENTITY,
              "return declared && state().mayStamp();",
              "return state().mayStamp();"),
          new Mutant(
              "generation-without-random-bits",
              "two copies of a directory from before the clock was set back get one generation",
              "io/causa/identity/StartMoment.java",
              "return after(earlier, random);",
              "return after(earlier, 0);"),
          new Mutant(
              "doubted-writes-claimed",
              "a digest claims own writes that are kept back, and more than the trusted ones is expected",
              IDENTITY,
              "return keepsBackAnyOf(applied) ? beforeKeptBack : applied;",
              "return applied;"),
          new Mutant(
              "doubted-writes-pass-for-causes",
              "a write from elsewhere is applied because another one has the dot of its cause",
              "io/causa/replication/Inbox.java",
              "return standing.shared(self, applied);",
              "return applied;"),
          new Mutant(
              "released-before-it-is-noted",
              "own writes leave while the directory still says that they have not",
              IDENTITY,
              "if (next.durable().equals(standing.durable())) {",
              "if (next.equals(standing) || next.state().isConfirmed()) {"),
          new Mutant(
              "generation-kept-after-loss-of-power",
              "a node whose machine went down before its last writes were synced counts on",
              "io/causa/identity/LastRun.java",
              "return buffered && !closed && !sameBoot;",
              "return buffered && closed && !sameBoot;"),
          new Mutant(
              "cut-log-unnoticed",
              "a log that ends before what was on the disk is taken for one that a kill has torn",
              "io/causa/identity/LogEnd.java",
              "last < mark.get().change()",
              "last < mark.get().change() - Long.MAX_VALUE"),
          new Mutant(
              "renamed-with-what-others-have",
              "writes that the peers have get new names, too",
              "io/causa/core/Renaming.java",
              "boolean moves = dot.replica().equals(old) && dot.sequence() > trusted;",
              "boolean moves = dot.replica().equals(old) && dot.sequence() > 0;"));
}
