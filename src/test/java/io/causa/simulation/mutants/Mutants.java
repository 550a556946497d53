package io.causa.simulation.mutants;

import java.util.List;
import java.util.stream.Stream;

/** All mutants. */
public final class Mutants {

  private Mutants() {}

  public static List<Mutant> all() {
    return Stream.concat(CoreMutants.ALL.stream(), ReplicationMutants.ALL.stream()).toList();
  }
}
