package io.causa.simulation.mutants;

import java.util.List;

/** Mutants of ended generations, and of the bases that stand for them. */
final class BaseMutants {

  private BaseMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "base-before-all-is-applied",
              "a vector takes a base before all that it stands for is applied",
              "io/causa/core/store/BaseRaising.java",
              "if (!position.covers(last)) {",
              "if (!position.covers(last) && ended == null) {"),
          new Mutant(
              "order-is-a-fact",
              "what one node orders to end has ended, whatever the others have",
              "io/causa/replication/Retirements.java",
              ".allMatch(member -> isKnownTo(member, last, roster))) {",
              ".allMatch(member -> member != null)) {"),
          new Mutant(
              "unlisted-taken-in",
              "of a generation that ended without writes later ones are taken in",
              "io/causa/membership/Retirement.java",
              "return includes(dot.replica()) && dot.sequence() > last(dot.replica());",
              "return last(dot.replica()) > 0 && dot.sequence() > last(dot.replica());"),
          new Mutant(
              "table-not-sent",
              "who does not know what has ended is never told",
              "io/causa/replication/Announcements.java",
              "membership.roster().behind(shown),",
              "membership.roster().behind(membership.roster()),"),
          new Mutant(
              "base-in-one-step",
              "a vector takes no earlier base while a later one is wanted",
              "io/causa/core/store/BaseRaising.java",
              "return last.replica().generation();",
              "return position.base(name);"),
          new Mutant(
              "base-releases-nothing",
              "what waits for a base goes on waiting when it is reached",
              "io/causa/core/CausalBuffer.java",
              "for (Dot last : applied.entries()) {",
              "for (Dot last : applied) {"),
          new Mutant(
              "ended-generation-goes-on",
              "a node whose clock was set back goes on under a generation that has ended",
              "io/causa/replication/Membership.java",
              "return self.generation() < known.leastGeneration(self.name());",
              "return self.generation() < 0;"));
}
