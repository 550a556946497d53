package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.KeyReading;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.RemovedTombstones;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotInstant;
import io.causa.core.snapshot.SnapshotJoin;
import io.causa.core.store.Histories.History;
import io.causa.core.store.Histories.Script;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Installing a snapshot gives what applying all its writes one by one would have given. */
@Domain(Histories.class)
@Domain(DomainContext.Global.class)
class SnapshotInstallTest {

  private static final Replica SELF = new Replica("self", 1);
  private static final Replica PEER = new Replica("peer", 1);

  private static final VersionVector FLOOR = VersionVector.of(new Dot(PEER, 1));

  @Property
  void aSnapshotGivesWhatTheLogWouldHaveGiven(@ForAll Script script) {
    History history = Histories.run(script);
    ModelReplica joiner = history.replicas().get(0);
    ModelReplica server = history.replicas().get(history.replicas().size() - 1);
    VersionVector both = joiner.states.applied().join(server.states.applied());
    ModelReplica reader = new ModelReplica(new Replica("reader", 1));
    history.writes().stream().filter(write -> both.covers(write.dot())).forEach(reader::receive);
    reader.settle();

    SnapshotInstall install = joiner.pipeline.beginInstall(server.snapshot()).orElseThrow();
    Commit jump = joiner.pipeline.completeInstall(install.join().prepare());

    assertThat(jump.writes()).isEmpty();
    assertThat(jump.after()).isEqualTo(both).isEqualTo(joiner.states.applied());
    assertThat(statesOf(joiner)).isEqualTo(statesOf(reader));
    assertThat(joiner.pipeline.lamport()).isEqualTo(reader.pipeline.lamport());
  }

  @Property
  void afterASnapshotEverythingGoesOnAsBefore(@ForAll Script script) {
    History history = Histories.run(script);
    ModelReplica joiner = history.replicas().get(0);
    joiner.install(history.replicas().get(history.replicas().size() - 1));

    history.finished();

    for (ModelReplica other : history.replicas()) {
      assertThat(statesOf(other)).isEqualTo(statesOf(joiner));
      assertThat(other.states.applied()).isEqualTo(joiner.states.applied());
    }
  }

  @Property
  void twoWhoInstallEachOthersSnapshotsHoldTheSame(@ForAll Script script) {
    List<ModelReplica> replicas = Histories.run(script).replicas();
    ModelReplica one = replicas.get(0);
    ModelReplica other = replicas.get(replicas.size() - 1);
    ReplicaSnapshot ofOne = one.snapshot();
    Map<String, KeyState> before = statesOf(one);

    assertThat(join(one.states, one.snapshot())).isEqualTo(before);
    assertThat(join(one.states, other.snapshot())).isEqualTo(join(other.states, ofOne));
  }

  @Example
  void aKeyThatTheServerDeletedAndForgotIsNotResurrected() {
    ModelReplica joiner = new ModelReplica(SELF);
    Write put = put(PEER, 1, VersionVector.EMPTY, "gone");
    joiner.receive(put);
    joiner.settle();
    VersionVector deletedSince = VersionVector.of(new Dot(PEER, 2));

    Map<String, KeyState> joined = join(joiner.states, snapshot(deletedSince, 9, List.of()));

    assertThat(joined).isEmpty();
  }

  /** The delete is forgotten, so a reader who finds nothing must be told what covers it. */
  @Example
  void noReaderFindsAKeyGoneBeforeTheVectorCoversItsDelete() {
    List<KeyReading> readings = new ArrayList<>();
    KeyStates[] states = new KeyStates[1];
    Runnable reader = () -> readings.add(KeyReading.of(states[0], "gone"));
    KeyVersion put = KeyVersion.of(put(PEER, 1, VersionVector.EMPTY, "gone"), gone());
    VersionVector before = VersionVector.of(new Dot(PEER, 1));
    VersionVector deleted = VersionVector.of(new Dot(PEER, 2));
    states[0] = new KeyStates(before, Map.of("gone", put), VersionVector.EMPTY, reader);
    CommitPipeline pipeline = new CommitPipeline(SELF, states[0], 1, 10, 1000);

    SnapshotInstall install = pipeline.beginInstall(snapshot(deleted, 9, List.of())).orElseThrow();
    pipeline.completeInstall(install.join().prepare());
    reader.run();

    assertThat(readings)
        .hasSizeGreaterThan(1)
        .allSatisfy(
            reading ->
                assertThat(reading.state().isEmpty()).isEqualTo(reading.seen().equals(deleted)));
  }

  private static Mutation gone() {
    return new Mutation.Put("gone", Value.text("v1"));
  }

  @Example
  void whatTheServerHasForgottenIsRememberedToBeForgotten() {
    ModelReplica joiner = new ModelReplica(SELF);
    var snapshot = snapshot(VersionVector.of(new Dot(PEER, 2)), 9, List.of());

    SnapshotInstall install = joiner.pipeline.beginInstall(snapshot).orElseThrow();
    Commit jump = joiner.pipeline.completeInstall(install.join().prepare());

    assertThat(jump.removed()).isEqualTo(new RemovedTombstones(List.of(), FLOOR));
    assertThat(joiner.states.floor()).isEqualTo(FLOOR);
    assertThat(joiner.snapshot().instant().floor()).isEqualTo(FLOOR);
  }

  @Example
  void aTombstoneThatCameWithASnapshotGoesOnceItIsStable() {
    ModelReplica joiner = new ModelReplica(SELF);
    ModelReplica server = new ModelReplica(PEER);
    server.propose(List.of(new Mutation.Delete("k")));
    server.settle();
    joiner.install(server);
    assertThat(joiner.states.tombstones()).isEqualTo(1);

    joiner.pipeline.stable(VersionVector.of(new Dot(PEER, 1)));
    joiner.settle();

    assertThat(joiner.states.size()).isZero();
  }

  @Example
  void aTombstoneThatIsForgottenHereDoesNotComeBack() {
    VersionVector seen = VersionVector.of(new Dot(PEER, 2));
    KeyStates forgot = new KeyStates(seen, Map.of());
    KeyVersion tombstone = new KeyVersion(new Dot(PEER, 2), 2, new Mutation.Delete("k"), 0);
    var entry = new SnapshotEntry("k", tombstone);

    assertThat(join(forgot, snapshot(seen, 2, List.of(entry)))).isEmpty();
  }

  @Example
  void whatOnlyThisReplicaHasWrittenSurvives() {
    ModelReplica joiner = new ModelReplica(SELF);
    ModelReplica server = new ModelReplica(PEER);
    server.propose(List.of(new Mutation.Put("x", Value.text("theirs"))));
    server.settle();
    joiner.propose(List.of(new Mutation.Put("x", Value.text("mine"))));
    joiner.propose(List.of(new Mutation.Put("y", Value.text("mine"))));
    joiner.settle();

    joiner.install(server);

    assertThat(joiner.states.get("y").orElseThrow().visible().dot()).isEqualTo(new Dot(SELF, 2));
    assertThat(joiner.states.get("x").orElseThrow().versions())
        .extracting(KeyVersion::dot)
        .containsExactly(new Dot(SELF, 1), new Dot(PEER, 1));
  }

  @Example
  void whatMayHaveMissedARemovedTombstoneIsWrittenAgain() {
    ModelReplica joiner = new ModelReplica(SELF);
    joiner.propose(List.of(new Mutation.Put("k", Value.text("v"))));
    joiner.settle();
    var removed = snapshot(VersionVector.of(new Dot(PEER, 1)), 9, List.of());

    SnapshotInstall install = joiner.pipeline.beginInstall(removed).orElseThrow();
    SnapshotInstall.Prepared prepared = install.join().prepare();
    Commit jump = joiner.pipeline.completeInstall(prepared);

    Write again = jump.writes().get(0).write();
    assertThat(again.mutations()).containsExactly(new Mutation.Put("k", Value.text("v")));
    assertThat(again.dependencies()).isEqualTo(prepared.joined());
    assertThat(jump.after()).isEqualTo(VersionVector.of(new Dot(SELF, 2), new Dot(PEER, 1)));
    assertThat(joiner.states.get("k").orElseThrow().versions())
        .extracting(KeyVersion::dot)
        .containsExactly(new Dot(SELF, 2));
    assertThat(joiner.pipeline.lateWrites()).isEqualTo(1);
  }

  @Example
  void whatWasConcurrentWithAVersionThatTheServerForgotIsWrittenAgain() {
    ModelReplica joiner = new ModelReplica(SELF);
    joiner.propose(List.of(new Mutation.Put("k", Value.text("v"))));
    joiner.settle();
    joiner.receive(put(PEER, 1, VersionVector.EMPTY, "k"));
    joiner.settle();
    var removed = snapshot(VersionVector.of(new Dot(PEER, 1)), 9, List.of());

    SnapshotInstall install = joiner.pipeline.beginInstall(removed).orElseThrow();

    assertThat(install.join().prepare().adopted()).hasSize(1);
  }

  @Example
  void whatFollowsARemovedTombstoneStaysAsItIs() {
    ModelReplica joiner = new ModelReplica(SELF);
    joiner.receive(put(PEER, 1, VersionVector.EMPTY, "other"));
    joiner.propose(List.of(new Mutation.Put("k", Value.text("v"))));
    joiner.settle();
    var removed = snapshot(VersionVector.of(new Dot(PEER, 2)), 9, List.of());

    SnapshotInstall install = joiner.pipeline.beginInstall(removed).orElseThrow();

    assertThat(install.join().prepare().adopted()).isEmpty();
  }

  @Example
  void theNextOwnWriteFollowsTheSnapshot() {
    ModelReplica joiner = new ModelReplica(SELF);
    joiner.propose(List.of(new Mutation.Delete("waits")));
    SnapshotInstall install =
        joiner
            .pipeline
            .beginInstall(snapshot(VersionVector.of(new Dot(PEER, 4)), 17, List.of()))
            .orElseThrow();
    assertThat(joiner.pipeline.begin()).isEmpty();
    joiner.pipeline.completeInstall(install.join().prepare());

    Write next = joiner.pipeline.begin().orElseThrow().writes().get(0).write();

    assertThat(next.dependencies()).isEqualTo(VersionVector.of(new Dot(PEER, 4)));
    assertThat(next.lamport()).isEqualTo(18);
  }

  @Example
  void noSnapshotIsInstalledDuringACommitOrAnotherOne() {
    ModelReplica joiner = new ModelReplica(SELF);
    ReplicaSnapshot snapshot = new ModelReplica(PEER).snapshot();
    joiner.propose(List.of(new Mutation.Delete("k")));
    joiner.begin();
    assertThat(joiner.pipeline.beginInstall(snapshot)).isEmpty();

    joiner.complete();

    assertThat(joiner.pipeline.beginInstall(snapshot)).isPresent();
    assertThat(joiner.pipeline.beginInstall(snapshot)).isEmpty();
  }

  @Example
  void whatTheSnapshotBringsIsDroppedFromTheQueue() {
    ModelReplica joiner = new ModelReplica(SELF);
    Write first = put(PEER, 1, VersionVector.EMPTY, "k");
    Write second = put(PEER, 2, VersionVector.of(new Dot(PEER, 1)), "k");
    joiner.receive(first);
    KeyVersion held = KeyVersion.of(first, first.mutations().get(0));
    var entry = new SnapshotEntry("k", held);
    var snapshot = snapshot(VersionVector.of(first.dot()), 1, List.of(entry));
    SnapshotInstall install = joiner.pipeline.beginInstall(snapshot).orElseThrow();
    joiner.pipeline.completeInstall(install.join().prepare());
    joiner.pipeline.deliver(List.of(first, second));

    assertThat(joiner.pipeline.begin().orElseThrow().writes())
        .extracting(prepared -> prepared.write().dot())
        .containsExactly(second.dot());
  }

  @Example
  void aSnapshotWithOwnWritesThatWereNeverStampedIsRefused() {
    ModelReplica joiner = new ModelReplica(SELF);
    var snapshot = snapshot(VersionVector.of(new Dot(SELF, 3)), 3, List.of());

    assertThatThrownBy(() -> joiner.pipeline.beginInstall(snapshot))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("another replica has applied 3 writes of self.1, which has stamped only 0");
  }

  private static Map<String, KeyState> join(KeyStates here, ReplicaSnapshot snapshot) {
    Map<String, KeyState> states = new TreeMap<>(here.all());
    SnapshotJoin.join(here.instant(0), here.all(), snapshot)
        .changes()
        .forEach(
            (key, state) ->
                state.ifPresentOrElse(now -> states.put(key, now), () -> states.remove(key)));
    return states;
  }

  private static Map<String, KeyState> statesOf(ModelReplica replica) {
    Map<String, KeyState> states = new LinkedHashMap<>();
    replica.snapshot().entries().forEach(entry -> states.put(entry.key(), entry.state()));
    return states;
  }

  private static ReplicaSnapshot snapshot(
      VersionVector vector, long lamport, List<SnapshotEntry> entries) {
    return new ReplicaSnapshot(new SnapshotInstant(vector, FLOOR, lamport), entries);
  }

  private static Write put(Replica origin, long sequence, VersionVector seen, String key) {
    Mutation put = new Mutation.Put(key, Value.text("v" + sequence));
    return new Write(new Dot(origin, sequence), sequence, seen, List.of(put), 0);
  }
}
