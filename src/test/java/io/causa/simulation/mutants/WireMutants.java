package io.causa.simulation.mutants;

import java.util.List;

/** Mutants of what is verified of a message before it is believed. */
final class WireMutants {

  private WireMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "message-checksum-unchecked",
              "a message that was damaged on its way is believed",
              "io/causa/wire/PeerFrame.java",
              "if (expected != actual) {",
              "if (expected == 0 && actual == 1) {"));
}
