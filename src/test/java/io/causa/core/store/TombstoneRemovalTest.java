package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.KeyReading;
import io.causa.core.KeyState;
import io.causa.core.Mutation;
import io.causa.core.Mutation.Delete;
import io.causa.core.Mutation.Put;
import io.causa.core.Proposal;
import io.causa.core.ReadView;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tombstones go when they are stable, and what had not seen them is taken care of. */
class TombstoneRemovalTest {

  private static final Replica SELF = new Replica("self", 1);
  private static final Replica PEER = new Replica("peer", 1);
  private static final Replica OTHER = new Replica("other", 1);

  private final List<Runnable> readers = new ArrayList<>();
  private final KeyStates states =
      new KeyStates(VersionVector.EMPTY, Map.of(), VersionVector.EMPTY, this::look);
  private final CommitPipeline pipeline = new CommitPipeline(SELF, states, 0, 10_000, 1 << 20);

  @Test
  void aTombstoneStaysUntilItIsStable() {
    write(put("k"), new Delete("j"));
    write(new Delete("k"));
    stable(dot(SELF, 1));

    assertThat(states.get("j")).isEmpty();
    assertThat(states.get("k").orElseThrow().visible().isTombstone()).isTrue();
    assertThat(states.tombstones()).isEqualTo(1);

    stable(dot(SELF, 2));
    assertThat(states.size()).isZero();
    assertThat(states.tombstones()).isZero();
    assertThat(states.floor()).isEqualTo(vector(dot(SELF, 2)));
    assertThat(states.applied()).isEqualTo(vector(dot(SELF, 2)));
  }

  @Test
  void removingTombstonesIsACommitOfItsOwnIfNothingElseIsWritten() {
    write(new Delete("k"));
    pipeline.stable(states.applied());

    Commit commit = pipeline.begin().orElseThrow();

    assertThat(commit.writes()).isEmpty();
    assertThat(commit.removed().keys()).containsExactly("k");
    assertThat(commit.removed().floor()).isEqualTo(vector(dot(SELF, 1)));
    assertThat(states.get("k")).as("before it is durable").isPresent();
    assertThat(states.tombstones()).as("before it is durable").isEqualTo(1);
    pipeline.complete();
    assertThat(states.get("k")).isEmpty();
    assertThat(states.tombstones()).isZero();
    assertThat(pipeline.begin()).isEmpty();
  }

  @Test
  void aKeyThatTheSameCommitChangesIsNotRemoved() {
    write(new Delete("k"));
    pipeline.stable(states.applied());
    write(put("k"));

    assertThat(states.get("k").orElseThrow().visible().value()).isPresent();
    assertThat(states.floor()).isEqualTo(VersionVector.EMPTY);
    write(new Delete("k"));
    stable(dot(SELF, 3));
    assertThat(states.get("k")).isEmpty();
  }

  @Test
  void aKeyThatIsWrittenAgainIsOneMoreKeyAndNothingOlderComesBack() {
    write(put("k"));
    write(new Delete("k"));
    stable(dot(SELF, 2));

    write(put("k"));

    KeyState again = states.get("k").orElseThrow();
    assertThat(again.visible().dot()).isEqualTo(dot(SELF, 3));
    assertThat(again.losers()).isEmpty();
  }

  @Test
  void aLiveVersionThatLostToTheDeleteKeepsTheKey() {
    deliver(write(dot(PEER, 1), 1, VersionVector.EMPTY, put("k")));
    deliver(write(dot(OTHER, 1), 5, VersionVector.EMPTY, new Delete("k")));

    stable(dot(PEER, 1), dot(OTHER, 1));

    KeyState state = states.get("k").orElseThrow();
    assertThat(state.visible().isTombstone()).isTrue();
    assertThat(state.losers()).singleElement().matches(loser -> !loser.isTombstone());
  }

  @Test
  void aTombstoneThatLostKeepsTheKeyToo() {
    deliver(write(dot(PEER, 1), 5, VersionVector.EMPTY, put("k")));
    deliver(write(dot(OTHER, 1), 1, VersionVector.EMPTY, new Delete("k")));

    stable(dot(PEER, 1), dot(OTHER, 1));

    assertThat(states.get("k").orElseThrow().losers()).hasSize(1);
  }

  @Test
  void concurrentTombstonesGoTogetherOnceAllAreStable() {
    deliver(write(dot(PEER, 1), 1, VersionVector.EMPTY, new Delete("k")));
    deliver(write(dot(OTHER, 1), 5, VersionVector.EMPTY, new Delete("k")));

    stable(dot(OTHER, 1));
    assertThat(states.get("k")).isPresent();
    stable(dot(PEER, 1));
    assertThat(states.get("k")).isPresent();
    assertThat(states.tombstones()).isEqualTo(1);

    stable(dot(OTHER, 1), dot(PEER, 1));
    assertThat(states.get("k")).isEmpty();
    assertThat(states.floor()).isEqualTo(vector(dot(OTHER, 1), dot(PEER, 1)));
  }

  @Test
  void oneCommitRemovesSoManyAndTheNextGoesOn() {
    int keys = CommitBuilder.MOST_COLLECTED + 5;
    write(IntStream.range(0, keys).mapToObj(i -> new Delete("k" + i)).toArray(Mutation[]::new));
    pipeline.stable(states.applied());

    assertThat(commit().removed().keys()).hasSize(CommitBuilder.MOST_COLLECTED);
    assertThat(commit().removed().keys()).hasSize(5);
    assertThat(pipeline.begin()).isEmpty();
    assertThat(states.size()).isZero();
  }

  @Test
  void tombstonesThatWereRecoveredWaitLikeAllOthers() {
    write(put("live"));
    write(new Delete("k"));
    Map<String, KeyState> found =
        Map.of("live", states.get("live").orElseThrow(), "k", states.get("k").orElseThrow());
    KeyStates again = new KeyStates(states.applied(), found);
    CommitPipeline next = new CommitPipeline(SELF, again, 2, 10, 1 << 20);

    assertThat(again.tombstones()).isEqualTo(1);
    next.stable(again.applied());
    assertThat(next.begin().orElseThrow().removed().keys()).containsExactly("k");
  }

  @Test
  void aWriteThatMissedARemovedTombstoneIsAdoptedAndNeverShownItself() {
    collectTombstoneOf("k");
    List<KeyState> seen = new ArrayList<>();
    readers.add(() -> states.get("k").ifPresent(seen::add));

    Commit commit = deliver(write(dot(OTHER, 1), 1, VersionVector.EMPTY, put("k")));

    assertThat(pipeline.lateWrites()).isEqualTo(1);
    assertThat(commit.writes()).hasSize(2);
    StagedWrite late = commit.writes().get(0);
    StagedWrite adopted = commit.writes().get(1);
    assertThat(late.changes().get(0).isVisible()).isFalse();
    assertThat(adopted.write().mutations()).isEqualTo(late.write().mutations());
    assertThat(adopted.write().dependencies()).isEqualTo(late.after());
    assertThat(adopted.write().dependencies().covers(states.floor())).isTrue();
    assertThat(adopted.ticket()).isEmpty();
    assertThat(adopted.changes().get(0).isVisible()).isTrue();
    assertThat(commit.after()).isEqualTo(adopted.after());
    assertThat(seen).extracting(state -> state.visible().dot()).containsOnly(dot(SELF, 2));
    assertThat(commit.finalStates().get("k")).isEqualTo(states.get("k").orElseThrow());
  }

  @Test
  void whereTheTombstoneStillIsTheAdoptedWriteReplacesBoth() {
    collectTombstoneOf("k");
    Write late = write(dot(OTHER, 1), 1, VersionVector.EMPTY, put("k"));
    Write adopted = deliver(late).writes().get(1).write();
    KeyStates patient = new KeyStates();
    CommitPipeline elsewhere = new CommitPipeline(PEER, patient, 0, 10, 1 << 20);
    elsewhere.deliver(
        List.of(write(dot(SELF, 1), 9, VersionVector.EMPTY, new Delete("k")), late, adopted));
    elsewhere.begin();
    elsewhere.complete();

    assertThat(patient.get("k")).isEqualTo(states.get("k"));
  }

  @Test
  void ofALateWriteOnlyWhatFindsNothingIsAdopted() {
    write(put("other"));
    collectTombstoneOf("k");

    Commit commit =
        deliver(write(dot(OTHER, 1), 1, VersionVector.EMPTY, put("other"), new Delete("k")));

    assertThat(commit.writes().get(1).write().mutations()).containsExactly(new Delete("k"));
    assertThat(states.get("other").orElseThrow().losers()).hasSize(1);
  }

  @Test
  void aWriteThatHasSeenTheTombstoneIsNotLate() {
    collectTombstoneOf("k");

    Commit commit = deliver(write(dot(OTHER, 1), 3, states.applied(), put("k")));

    assertThat(commit.writes()).hasSize(1);
    assertThat(pipeline.lateWrites()).isZero();
  }

  @Test
  void whoIsToldOfAnAbsenceIsToldTheDeleteWithItHoweverSlowlyHeReads() {
    write(new Delete("k"));
    ReadView slow = new Interrupted(states);
    stable(dot(SELF, 1));

    KeyReading reading = KeyReading.of(slow, "k");

    assertThat(reading.state()).isEmpty();
    assertThat(reading.seen().covers(dot(SELF, 1))).isTrue();
  }

  private void collectTombstoneOf(String key) {
    write(new Delete(key));
    stable(dot(SELF, states.applied().get(SELF)));
    assertThat(states.get(key)).isEmpty();
  }

  private void look() {
    readers.forEach(Runnable::run);
  }

  private void write(Mutation... mutations) {
    pipeline.propose(new Proposal(1, List.of(mutations), 0));
    commit();
  }

  private Commit deliver(Write write) {
    pipeline.deliver(List.of(write));
    return commit();
  }

  private Commit commit() {
    pipeline.begin();
    return pipeline.complete();
  }

  private void stable(Dot... dots) {
    pipeline.stable(vector(dots));
    while (pipeline.begin().isPresent()) {
      pipeline.complete();
    }
  }

  private static Write write(
      Dot dot, long lamport, VersionVector dependencies, Mutation... mutations) {
    return new Write(dot, lamport, dependencies, List.of(mutations), 0);
  }

  private static Mutation put(String key) {
    return new Put(key, Value.text("v"));
  }

  private static Dot dot(Replica replica, long sequence) {
    return new Dot(replica, sequence);
  }

  private static VersionVector vector(Dot... dots) {
    return VersionVector.of(dots);
  }

  /** A view whose reader stood still after it had looked at the vector. */
  private static final class Interrupted implements ReadView {
    private final ReadView view;
    private VersionVector applied = VersionVector.EMPTY;

    Interrupted(ReadView view) {
      this.view = view;
    }

    @Override
    public VersionVector applied() {
      VersionVector then = applied;
      applied = view.applied();
      return then;
    }

    @Override
    public Optional<KeyState> get(String key) {
      return view.get(key);
    }

    @Override
    public List<String> keys(String prefix, String after, int limit) {
      return view.keys(prefix, after, limit);
    }

    @Override
    public int size() {
      return view.size();
    }
  }
}
