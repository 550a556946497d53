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
              "shown-before-durable",
              "a digest shows members that a crash makes its sender forget",
              "io/causa/replication/Membership.java",
              "Roster roster() {\n    return durable;",
              "Roster roster() {\n    return known;"));
}
