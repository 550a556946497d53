package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.KeyChange;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.core.store.Histories.History;
import io.causa.core.store.Histories.Script;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** The state is a function of the set of applied writes: not of their order, nor of the commits. */
@Domain(Histories.class)
@Domain(DomainContext.Global.class)
class ConvergenceTest {

  @Property
  void replicasThatAppliedTheSameWritesHoldTheSameState(@ForAll Script script) {
    List<ModelReplica> replicas = Histories.run(script).finished().replicas();
    ModelReplica first = replicas.get(0);
    for (ModelReplica other : replicas) {
      assertThat(stateOf(other.states)).isEqualTo(stateOf(first.states));
      assertThat(other.states.applied()).isEqualTo(first.states.applied());
      assertThat(other.pipeline.lamport()).isEqualTo(first.pipeline.lamport());
    }
  }

  @Property
  void anyOrderOfArrivalAndAnyCommitsGiveTheSameState(
      @ForAll Script script, @ForAll Random random) {
    History history = Histories.run(script).finished();
    ModelReplica late = new ModelReplica(new Replica("late", 1));
    for (Write write : history.shuffledWithDuplicates(random)) {
      late.receive(write);
      if (random.nextInt(4) == 0) {
        late.complete();
        late.begin();
      }
    }
    late.settle();
    assertThat(stateOf(late.states)).isEqualTo(stateOf(history.replicas().get(0).states));
  }

  @Property
  void afterEachCommitTheStateIsWhatTheAppliedWritesSay(@ForAll Script script) {
    for (ModelReplica replica : Histories.run(script).finished().replicas()) {
      Map<String, KeyState> held = new HashMap<>();
      List<Write> applied = new ArrayList<>();
      for (Commit commit : replica.commits) {
        commit.writes().forEach(prepared -> applied.add(prepared.write()));
        held.putAll(commit.finalStates());
        assertThat(held).isEqualTo(definedBy(applied));
      }
      assertThat(stateOf(replica.states)).isEqualTo(held);
    }
  }

  @Property
  void theVisibleVersionIsTheHighestOfAllWritesToTheKey(@ForAll Script script) {
    for (ModelReplica replica : Histories.run(script).finished().replicas()) {
      for (var entry : stateOf(replica.states).entrySet()) {
        assertThat(versions(replica.applied(), entry.getKey()).map(KeyVersion::timestamp))
            .isNotEmpty()
            .allMatch(time -> time.compareTo(entry.getValue().visible().timestamp()) <= 0);
      }
    }
  }

  @Property
  @StatisticsReport(StatisticsReportMode.OFF)
  void conflictsAreTheVersionsPresentThatAreConcurrentWithTheWrite(@ForAll Script script) {
    int conflicts = 0;
    for (ModelReplica replica : Histories.run(script).finished().replicas()) {
      List<Write> applied = new ArrayList<>();
      for (StagedWrite prepared : replica.prepared()) {
        Map<String, KeyState> present = definedBy(applied);
        for (KeyChange change : prepared.changes()) {
          assertThat(change.conflicts())
              .containsExactlyElementsOf(concurrent(present.get(change.key()), prepared.write()));
          conflicts += change.conflicts().size();
        }
        applied.add(prepared.write());
      }
    }
    Statistics.collect(conflicts > 0);
    Statistics.coverage(cover -> cover.check(true).percentage(met -> met > 50));
  }

  @Property
  void aChangeIsVisibleUnlessAConflictIsHigher(@ForAll Script script) {
    for (ModelReplica replica : Histories.run(script).finished().replicas()) {
      for (StagedWrite prepared : replica.prepared()) {
        for (KeyChange change : prepared.changes()) {
          assertThat(change.isVisible())
              .isEqualTo(
                  change.conflicts().stream()
                      .allMatch(
                          other -> other.timestamp().compareTo(change.version().timestamp()) < 0));
        }
      }
    }
  }

  @Property
  void aWriteIsInOneCommitAsAWholeAndThePositionsFormAChain(@ForAll Script script) {
    for (ModelReplica replica : Histories.run(script).finished().replicas()) {
      VersionVector position = VersionVector.EMPTY;
      for (Commit commit : replica.commits) {
        assertThat(commit.before()).isEqualTo(position);
        for (StagedWrite prepared : commit.writes()) {
          assertThat(prepared.before()).isEqualTo(position);
          position = position.with(prepared.write().dot());
          assertThat(prepared.after()).isEqualTo(position);
          assertThat(prepared.changes())
              .extracting(change -> change.version().mutation())
              .containsExactlyElementsOf(prepared.write().mutations());
        }
        assertThat(commit.after()).isEqualTo(position);
      }
    }
  }

  /** The definition, by brute force: the versions that no applied write has seen, highest first. */
  private static Map<String, KeyState> definedBy(List<Write> applied) {
    Map<String, KeyState> states = new HashMap<>();
    for (Write write : applied) {
      for (Mutation mutation : write.mutations()) {
        states.computeIfAbsent(mutation.key(), key -> definedBy(applied, key));
      }
    }
    return states;
  }

  private static KeyState definedBy(List<Write> applied, String key) {
    List<KeyVersion> unseen =
        versions(applied, key)
            .filter(version -> applied.stream().noneMatch(later -> overwrites(later, version)))
            .sorted(Comparator.comparing(KeyVersion::timestamp).reversed())
            .toList();
    return KeyState.of(unseen.get(0), unseen.subList(1, unseen.size()));
  }

  private static boolean overwrites(Write later, KeyVersion version) {
    return later.dependencies().covers(version.dot())
        && mutationOf(later, version.mutation().key()).isPresent();
  }

  private static List<KeyVersion> concurrent(KeyState present, Write write) {
    if (present == null) {
      return List.of();
    }
    List<KeyVersion> versions = new ArrayList<>(List.of(present.visible()));
    versions.addAll(present.losers());
    versions.removeIf(version -> write.dependencies().covers(version.dot()));
    return versions;
  }

  private static Stream<KeyVersion> versions(List<Write> writes, String key) {
    return writes.stream()
        .flatMap(
            write ->
                mutationOf(write, key).map(mutation -> KeyVersion.of(write, mutation)).stream());
  }

  private static Optional<Mutation> mutationOf(Write write, String key) {
    return write.mutations().stream().filter(mutation -> mutation.key().equals(key)).findFirst();
  }

  private static Map<String, KeyState> stateOf(KeyStates states) {
    Map<String, KeyState> all = new HashMap<>();
    for (String key : List.of("x", "y", "z")) {
      states.get(key).ifPresent(state -> all.put(key, state));
    }
    assertThat(states.size()).isEqualTo(all.size());
    return all;
  }
}
