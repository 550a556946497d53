package io.causa.simulation.mutants;

import java.util.List;
import java.util.stream.Stream;

/** All mutants. */
public final class Mutants {

  private Mutants() {}

  public static List<Mutant> all() {
    return Stream.of(
            CoreMutants.ALL,
            ReplicationMutants.ALL,
            StabilityMutants.ALL,
            IdentityMutants.ALL,
            MembershipMutants.ALL,
            BaseMutants.ALL,
            SnapshotMutants.ALL,
            WireMutants.ALL,
            DataMutants.ALL,
            EngineMutants.ALL)
        .flatMap(List::stream)
        .toList();
  }
}
