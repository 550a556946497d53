package io.causa.simulation.mutants;

import java.util.List;

/** Defects in the limit of the data. */
final class DataMutants {

  private DataMutants() {}

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "reserve-without-end",
              "replicated writes are taken in beyond the reserve",
              "io/causa/core/store/DataAdmission.java",
              "return !needsStamp && after <= Math.max(before, limit.withReserveBytes());",
              "return !needsStamp && after > 0;"),
          new Mutant(
              "removed-tombstone-still-counts",
              "the count does not become smaller when a tombstone goes",
              "io/causa/core/store/KeyStates.java",
              "dataBytes -= DataSize.of(key, old);",
              ""),
          new Mutant(
              "replaced-version-still-counts",
              "the count does not become smaller when a value is deleted or replaced",
              "io/causa/core/store/KeyStates.java",
              "dataBytes += DataSize.of(change.key(), change.state()) - DataSize.of(change.key(), old);",
              "dataBytes += DataSize.of(change.key(), change.state());"),
          new Mutant(
              "waiting-writes-overtaken",
              "a remote write that fits passes those that wait for room",
              "io/causa/core/store/DataAdmission.java",
              "if (!waiting.isEmpty()) {",
              "if (waiting.size() > 1_000_000) {"));
}
