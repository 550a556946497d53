package io.causa.simulation.mutants;

import java.util.List;

/** Mutants of who belongs to the cluster. */
final class MembershipMutants {

  private MembershipMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "forgotten-node-goes-on",
              "who was forgotten goes on under its generation, though nobody reckons with it",
              "io/causa/replication/OwnMembership.java",
              "if (!expelled && membership.isExpelled()) {",
              "if (!expelled && membership.isExpelled() && self == null) {"),
          new Mutant(
              "roster-not-durable",
              "whom a node knew is forgotten when it starts again",
              "io/causa/replication/Membership.java",
              "Roster others = stored.withOrigins(applied.without(self));",
              "Roster others = Roster.EMPTY.withOrigins(applied.without(self));"),
          new Mutant(
              "superseded-generation-stays-member",
              "the generation that held a name first holds it for ever",
              "io/causa/membership/Roster.java",
              "return RANK.compare(this, other) >= 0 ? this : other;",
              "return RANK.compare(this, other) <= 0 ? this : other;"),
          new Mutant(
              "name-taken-by-renamed-writes",
              "a directory that comes back with writes of its own takes the name of a healthy node",
              "io/causa/replication/Membership.java",
              "this.declared = stored.isMember(self);",
              "this.declared = stored.isMember(self) || applied.get(self) > 0;"),
          new Mutant(
              "holder-of-the-name-overlooked",
              "a newcomer whose clock is behind takes the name of the node that holds it",
              "io/causa/membership/NameCollision.java",
              "if (!holdsName && !isEarlier(suspect)) {",
              "if (!isEarlier(suspect)) {"),
          new Mutant(
              "name-taken-with-the-first-roster",
              "a newcomer takes the name as soon as it hears who holds it",
              "io/causa/membership/Declaration.java",
              "heard.isEmpty() ? startMillis : Math.max(startMillis, shownMillis);",
              "startMillis;"),
          new Mutant(
              "retire-order-shown-at-once",
              "a digest shows an order to retire while delivery still takes in later writes",
              "io/causa/replication/Membership.java",
              "if (kept.filter(roster -> excluded.covers(roster.retirement())).isPresent()) {",
              "if (kept.isPresent()) {"),
          new Mutant(
              "shown-before-durable",
              "a digest shows members that a crash makes its sender forget",
              "io/causa/replication/Membership.java",
              "Roster roster() {\n    return durable;",
              "Roster roster() {\n    return known;"));
}
