package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.DataLimit;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Mutation.Put;
import io.causa.core.Proposal;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotEntry;
import io.causa.core.snapshot.SnapshotInstant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Until it is known that own dots are free, nothing that needs one goes on. */
class MayStampTest {

  private static final Replica SELF = new Replica("self", 1);
  private static final Replica PEER = new Replica("peer", 1);
  private static final Replica OTHER = new Replica("other", 1);
  private static final Dot OWN = new Dot(SELF, 2);
  private static final int LARGE = 10_000;
  private static final VersionVector FOUND = VersionVector.of(OWN);

  /** Two own writes are here, and the tombstone of the second one is forgotten. */
  private final KeyStates states =
      new KeyStates(
          FOUND,
          Map.of(
              "live", version(new Dot(SELF, 1), 1, "live"),
              "dead", tombstone(new Dot(SELF, 1), 1, "dead")),
          FOUND,
          () -> {});

  private final CommitPipeline pipeline = pipeline(DataLimit.NONE);

  private CommitPipeline pipeline(DataLimit limit) {
    return new CommitPipeline(SELF, states, 2, 100, 1 << 20, limit, false);
  }

  @Test
  void aLateWriteWaitsWithAllRemoteOnesBehindIt() {
    Write late = write(OTHER, 1, VersionVector.EMPTY, "gone");
    Write behind = write(OTHER, 2, VersionVector.of(late.dot()), "live");
    pipeline.deliver(List.of(write(PEER, 1, FOUND, "a"), late, behind, write(PEER, 2, FOUND, "b")));

    assertThat(dots(commit())).containsExactly(new Dot(PEER, 1));
    assertThat(pipeline.begin()).isEmpty();
    assertThat(pipeline.fill().isStopped()).as("there is room").isFalse();

    pipeline.mayStamp();
    assertThat(dots(commit()))
        .containsExactly(late.dot(), new Dot(SELF, 3), behind.dot(), new Dot(PEER, 2));
    assertThat(states.get("gone").orElseThrow().visible().dot()).isEqualTo(new Dot(SELF, 3));
    assertThat(pipeline.begin()).isEmpty();
  }

  @Test
  void aLateWriteOfAKeyThatHasAStateNeedsNoDot() {
    pipeline.deliver(List.of(write(OTHER, 1, VersionVector.EMPTY, "live")));

    assertThat(dots(commit())).containsExactly(new Dot(OTHER, 1));
  }

  @Test
  void aLateWriteThatWaitsForRoomWaitsForADotToo() {
    CommitPipeline narrow = pipeline(new DataLimit(states.dataBytes() + LARGE / 2, 1));
    Write large = write(PEER, 1, FOUND, new Put("large", Value.text("x".repeat(LARGE))));
    Write late = write(OTHER, 1, VersionVector.EMPTY, "dead");
    Write room = write(PEER, 2, FOUND, new Mutation.Delete("large"));
    narrow.deliver(List.of(large, late));
    narrow.stable(FOUND);
    assertThat(narrow.begin().orElseThrow().removed().keys()).containsExactly("dead");
    narrow.complete();
    narrow.deliver(List.of(room));
    assertThat(narrow.begin()).as("all would fit, and the late one is in between").isEmpty();

    narrow.mayStamp();

    assertThat(dots(narrow.begin().orElseThrow()))
        .containsExactly(large.dot(), late.dot(), new Dot(SELF, 3), room.dot());
  }

  @Test
  void aLocalWriteWaitsWhileRemoteOnesGoOn() {
    pipeline.propose(new Proposal(7, List.of(put("mine")), 0));
    pipeline.deliver(List.of(write(PEER, 1, FOUND, "a")));

    assertThat(dots(commit())).containsExactly(new Dot(PEER, 1));

    pipeline.mayStamp();
    assertThat(dots(commit())).containsExactly(new Dot(SELF, 3));
  }

  @Test
  void aSnapshotIsNotInstalled() {
    VersionVector there = VersionVector.of(new Dot(OTHER, 1));
    var entry = new SnapshotEntry("gone", version(new Dot(OTHER, 1), 1, "gone"));
    var snapshot =
        new ReplicaSnapshot(new SnapshotInstant(there, VersionVector.EMPTY, 1), List.of(entry));

    assertThat(pipeline.beginInstall(snapshot)).isEmpty();

    pipeline.mayStamp();
    SnapshotInstall.Prepared prepared =
        pipeline.beginInstall(snapshot).orElseThrow().join().prepare();
    assertThat(prepared.adopted()).hasSize(1);
  }

  @Test
  void whatCameWithASnapshotMeanwhileIsNotAppliedAgain() {
    Write late = write(OTHER, 1, VersionVector.EMPTY, "gone");
    pipeline.deliver(List.of(late));
    assertThat(pipeline.begin()).isEmpty();
    pipeline.mayStamp();
    var instant = new SnapshotInstant(VersionVector.of(late.dot()), VersionVector.EMPTY, 1);
    pipeline.completeInstall(
        pipeline
            .beginInstall(new ReplicaSnapshot(instant, List.of()))
            .orElseThrow()
            .join()
            .prepare());

    assertThat(pipeline.begin()).isEmpty();
  }

  private Commit commit() {
    pipeline.begin();
    return pipeline.complete();
  }

  private static Stream<Dot> dots(Commit commit) {
    return commit.writes().stream().map(staged -> staged.write().dot());
  }

  private static Write write(Replica origin, long sequence, VersionVector seen, String key) {
    return write(origin, sequence, seen, put(key));
  }

  private static Write write(Replica origin, long sequence, VersionVector seen, Mutation one) {
    VersionVector dependencies =
        sequence == 1 ? seen : seen.join(VersionVector.of(new Dot(origin, sequence - 1)));
    return new Write(new Dot(origin, sequence), 2 + sequence, dependencies, List.of(one), 0);
  }

  private static Put put(String key) {
    return new Put(key, Value.text("v"));
  }

  private static KeyVersion tombstone(Dot dot, long lamport, String key) {
    return new KeyVersion(dot, lamport, new Mutation.Delete(key), 0);
  }

  private static KeyVersion version(Dot dot, long lamport, String key) {
    return new KeyVersion(dot, lamport, put(key), 0);
  }
}
