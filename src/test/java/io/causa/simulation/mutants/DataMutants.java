package io.causa.simulation.mutants;

import java.util.List;

/** Defects in what is counted of the data, and in its limit. */
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
              "io/causa/core/store/KeyTable.java",
              "dataBytes += DataSize.growth(old, now);",
              "dataBytes += DataSize.growth(now == null ? null : old, now);"),
          new Mutant(
              "replaced-version-still-counts",
              "the count does not become smaller when a value is deleted or replaced",
              "io/causa/core/store/KeyTable.java",
              "dataBytes += DataSize.growth(old, now);",
              "dataBytes += DataSize.growth(now == null ? old : null, now);"),
          new Mutant(
              "settled-conflict-still-counts",
              "the count of conflicts does not become smaller when one is settled",
              "io/causa/core/store/KeyTable.java",
              "conflicts += conflicts(now) - conflicts(old);",
              "conflicts += Math.max(0, conflicts(now) - conflicts(old));"),
          new Mutant(
              "deleted-key-still-listed",
              "a key that was deleted stays on the pages of keys",
              "io/causa/core/store/KeyTable.java",
              "return former.remove(key);",
              "return former == live ? live.get(key) : former.remove(key);"),
          new Mutant(
              "waiting-writes-overtaken",
              "a remote write that fits passes those that wait for room",
              "io/causa/core/store/DataAdmission.java",
              "if (!waiting.isEmpty()) {",
              "if (waiting.size() > 1_000_000) {"));
}
