package io.causa.simulation.mutants;

import java.util.List;

/** Mutants of what is verified of a message, and of the version in which it goes. */
final class WireMutants {

  private WireMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "message-checksum-unchecked",
              "a message that was damaged on its way is believed",
              "io/causa/wire/PeerFrame.java",
              "if (expected != actual) {",
              "if (expected == 0 && actual == 1) {"),
          new Mutant(
              "latest-version-to-all",
              "a peer that runs the version before is sent what it does not read",
              "io/causa/replication/Peers.java",
              "return find(name).map(Peer::understands).orElse(Capabilities.UNSAID).spoken();",
              "return Capabilities.LATEST;"));
}
