package io.causa.storage;

import io.causa.clock.Dot;
import io.causa.clock.VersionVector;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Write;
import io.causa.membership.Roster;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** All that an open directory holds, as lines of text that two versions can compare. */
final class DirectoryText {

  private DirectoryText() {}

  static List<String> of(Storage storage) {
    List<String> lines = new ArrayList<>();
    Recovered recovered = storage.recovered();
    lines.add("self " + recovered.self().name() + " " + recovered.self().generation());
    lines.add("applied " + text(recovered.applied()));
    lines.add("lamport " + recovered.lamport());
    lines.add("floor " + text(recovered.floor()));
    lines.add("trimmed " + text(storage.trimmed()));
    lines.add("log bytes " + storage.logBytes());
    roster(storage.roster(), lines);
    recovered
        .states()
        .forEach(
            (key, state) -> {
              lines.add("key \"" + key + "\"");
              state.versions().forEach(version -> lines.add("  " + text(version)));
            });
    for (Dot last : recovered.applied()) {
      long from = storage.trimmed().get(last.replica()) + 1;
      Stages.await(storage.read(last.replica(), from, last.sequence(), 1 << 20))
          .forEach(write -> lines.add(text(write)));
    }
    return lines;
  }

  private static void roster(Roster roster, List<String> lines) {
    for (Roster.Entry entry : roster.entries()) {
      String who = entry.replica().name() + " " + entry.replica().generation();
      lines.add("roster " + who + " " + entry.term() + " " + entry.status());
    }
    lines.add("retired " + text(VersionVector.of(roster.ordered().listed())));
    lines.add("ended " + text(VersionVector.of(roster.ended().listed())));
  }

  private static String text(KeyVersion version) {
    return text(version.dot())
        + " at %d/%d ".formatted(version.lamport(), version.wallTimeMillis())
        + text(version.mutation());
  }

  private static String text(Write write) {
    return "write %s at %d/%d after %s: %s"
        .formatted(
            text(write.dot()),
            write.lamport(),
            write.wallTimeMillis(),
            text(write.dependencies()),
            write.mutations().stream().map(DirectoryText::text).toList());
  }

  private static String text(Mutation mutation) {
    return "\"%s\" %s"
        .formatted(
            mutation.key(),
            mutation
                .value()
                .map(
                    value ->
                        HexFormat.of().formatHex(value.bytes().unsafeArray())
                            + " ("
                            + value.contentType()
                            + ")")
                .orElse("deleted"));
  }

  private static String text(VersionVector vector) {
    List<String> entries = new ArrayList<>();
    vector.forEach(entry -> entries.add(text(entry)));
    return entries.toString();
  }

  private static String text(Dot dot) {
    return dot.replica().name() + "." + dot.replica().generation() + ":" + dot.sequence();
  }
}
