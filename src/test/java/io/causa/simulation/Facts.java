package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.core.Commit;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.membership.Roster;
import io.causa.simulation.check.Fact;
import io.causa.simulation.check.Name;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Tells the observers in their own words what a node has. */
final class Facts {

  private Facts() {}

  static Name name(Dot dot) {
    return new Name(dot.replica().toString(), dot.sequence());
  }

  static Fact fact(Write write) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Mutation mutation : write.mutations()) {
      values.put(mutation.key(), mutation.value().map(Facts::text).orElse(null));
    }
    return new Fact(name(write.dot()), write.lamport(), values);
  }

  static String text(Value value) {
    return value.bytes().utf8();
  }

  static List<Fact> facts(List<Write> writes) {
    return writes.stream().map(Facts::fact).toList();
  }

  static List<Write> writes(Commit commit) {
    return commit.writes().stream().map(StagedWrite::write).toList();
  }

  static List<Name> names(List<Write> writes) {
    return writes.stream().map(write -> name(write.dot())).toList();
  }

  /** Whether nothing but tombstones is left. */
  static boolean isDeleted(KeyState state) {
    return state.visible().isTombstone()
        && state.losers().stream().allMatch(KeyVersion::isTombstone);
  }

  /** The visible version, then those that lost to it. */
  static List<Name> versions(KeyState state) {
    List<Name> versions = new ArrayList<>();
    versions.add(name(state.visible().dot()));
    state.losers().forEach(loser -> versions.add(name(loser.dot())));
    return versions;
  }

  /** Whose names a roster knows, members or not. */
  static Set<String> names(Roster roster) {
    return roster.entries().stream()
        .map(entry -> entry.replica().name())
        .collect(Collectors.toSet());
  }
}
