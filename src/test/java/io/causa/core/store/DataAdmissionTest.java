package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Answer;
import io.causa.core.Bytes;
import io.causa.core.DataLimit;
import io.causa.core.DataSize;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Example;

/** What a store does when its data is as large as it may become. */
class DataAdmissionTest {

  private static final Replica SELF = new Replica("self", 1);
  private static final Replica PEER = new Replica("peer", 1);
  private static final long LIMIT = 100_000;
  private static final long RESERVE = 20_000;

  private final KeyStates states = new KeyStates();
  private final CommitPipeline pipeline =
      new CommitPipeline(SELF, states, 0, 10_000, 1 << 30, new DataLimit(LIMIT, RESERVE), true);
  private VersionVector sent = VersionVector.EMPTY;
  private long tickets;

  @Example
  void aBurstCannotOvershoot() {
    for (int i = 0; i < 1000; i++) {
      propose(put("k" + i, 1000));
    }
    commit();

    assertThat(states.dataBytes()).isBetween(LIMIT - 2000, LIMIT);
    int written = states.size();
    assertThat(pipeline.takeRefused()).hasSize(1000 - written);
    assertThat(pipeline.fill().refusedWrites()).isEqualTo(1000 - written);
    assertThat(pipeline.fill().isStopped()).isFalse();
  }

  @Example
  void theSequenceHasNoGapWhereAWriteWasRefused() {
    fill();
    propose(put("refused", 1000));
    propose(delete("k0"));

    assertThat(pipeline.begin().orElseThrow().writes())
        .extracting(write -> write.write().dot().sequence())
        .containsExactly(states.applied().get(SELF) + 1);
    assertThat(pipeline.takeRefused()).extracting(Proposal::ticket).containsExactly(tickets - 1);
    assertThat(pipeline.takeRefused()).as("told once").isEmpty();
  }

  @Example
  void whatDoesNotGrowPasses() {
    fill();

    assertThat(isWritten(put("k0", 1000))).as("as large as the one before").isTrue();
    assertThat(isWritten(put("k0", 4000))).as("larger").isFalse();
    assertThat(isWritten(delete("k0"))).isTrue();
    assertThat(isWritten(delete("k0"))).as("deleted again").isTrue();
    assertThat(isWritten(put("k0", 900))).as("there is room again").isTrue();
    assertThat(isWritten(put("new", 1000))).isFalse();
  }

  @Example
  void deletesOfKeysWithoutAStateCostATombstone() {
    for (int i = 0; i < 10_000; i++) {
      propose(delete("absent" + i));
    }
    commit();

    assertThat(states.dataBytes()).isLessThanOrEqualTo(LIMIT);
    assertThat(pipeline.takeRefused()).isNotEmpty();
  }

  @Example
  void aDeleteNeverGrowsHoweverSmallTheValue() {
    int i = 0;
    while (isWritten(put("k" + i, 0))) {
      i++;
    }
    long full = states.dataBytes();
    for (int key = 0; key < i; key++) {
      assertThat(isWritten(delete("k" + key))).isTrue();
      assertThat(states.dataBytes()).isLessThanOrEqualTo(full);
    }
  }

  @Example
  void theNetEffectOfAWriteCounts() {
    fill();

    assertThat(isWritten(put("new", 500), delete("k0"))).isTrue();
    assertThat(isWritten(put("newer", 5000), delete("k1"))).isFalse();
    assertThat(states.get("k1").orElseThrow().visible().isTombstone()).isFalse();
  }

  @Example
  void replicatedWritesTakeTheReserveAndThenWait() {
    fill();
    int all = 50;
    for (int i = 0; i < all; i++) {
      arrive(put("r" + i, 1000));
    }
    commit();

    assertThat(states.dataBytes()).isBetween(LIMIT + RESERVE - 2000, LIMIT + RESERVE);
    int applied = (int) states.applied().get(PEER);
    assertThat(pipeline.fill().waitingWrites()).isEqualTo(all - applied);
    assertThat(pipeline.fill().isStopped()).isTrue();

    int key = 0;
    while (pipeline.fill().isStopped()) {
      assertThat(isWritten(delete("k" + key++))).isTrue();
    }
    assertThat(states.applied().get(PEER)).as("all of them, in their order").isEqualTo(all);
    assertThat(states.dataBytes()).isLessThanOrEqualTo(LIMIT + RESERVE);
  }

  @Example
  void remoteWritesThatDoNotFitPassWithThoseThatMakeRoom() {
    fill();
    String[] keys = {"k0", "k1", "k2", "k3"};
    arrive(put("large", (int) RESERVE + 1000));
    commit();
    assertThat(pipeline.fill().waitingWrites()).isEqualTo(1);

    for (String key : keys) {
      arrive(delete(key));
    }
    commit();

    assertThat(pipeline.fill().waitingWrites()).as("concurrent versions stay").isEqualTo(5);
    sent = sent.join(states.applied());
    for (String key : keys) {
      arrive(delete(key));
    }
    commit();
    assertThat(pipeline.fill().waitingWrites()).isZero();
    assertThat(states.dataBytes()).isLessThanOrEqualTo(LIMIT + RESERVE);
  }

  @Example
  void aHeldWriteMayTakeTheReserve() {
    Store store =
        new Store(
            SELF,
            states,
            0,
            new StoreLimits(10_000, 1 << 30, 10).withData(new DataLimit(LIMIT, RESERVE)));
    VersionVector context = VersionVector.of(new Dot(PEER, 1));
    Mutation first = put("held", 5000);
    store.hold(new Proposal(1, List.of(first), 0), context, 0, 1000);
    store.write(new Proposal(2, List.of(put("parked", 5000)), 0), context, 1000);
    for (int i = 0; i < 1000; i++) {
      store.hold(new Proposal(10 + i, List.of(put("k" + i, 1000)), 0), sent, 0, 0);
    }
    store.begin();
    assertThat(store.takeRefused()).as("no promise was made to these").isNotEmpty();
    store.complete();
    long full = store.fill().usedBytes();
    store.deliver(List.of(write(put("cause", 0))));
    store.begin();
    store.complete();
    store.begin();

    assertThat(store.takeRefused()).extracting(Answer::ticket).containsExactly(2L);
    assertThat(store.complete().answers()).extracting(Answer::ticket).containsExactly(1L);
    assertThat(store.fill().usedBytes()).isBetween(full + 5000, LIMIT + RESERVE);
  }

  @Example
  void aRecoveredStoreBeyondTheReserveTakesOnlyWhatMakesItSmaller() {
    fill();
    DataLimit less = new DataLimit(LIMIT / 2, RESERVE);
    var again = new CommitPipeline(SELF, states, 1000, 10, 1 << 20, less, true);
    assertThat(again.fill().isStopped()).isTrue();
    assertThat(again.fill().percent()).isBetween(190, 200);

    again.deliver(List.of(write(put("r", 0))));
    again.propose(new Proposal(1, List.of(delete("k0")), 0));

    List<StagedWrite> writes = again.begin().orElseThrow().writes();
    assertThat(writes).extracting(StagedWrite::ticket).containsExactly(OptionalLong.of(1));
  }

  @Example
  void theNextWriteOfItsOriginMakesNoRoomForAnAdoptedWrite() {
    isWritten(put("gone", 10));
    isWritten(delete("gone"));
    pipeline.stable(states.applied());
    commit();
    assertThat(states.floor().isEmpty()).as("what has not seen the delete is late").isFalse();
    fill();
    int room = (int) (LIMIT + RESERVE - states.dataBytes());

    arrive(put("late", room));
    arrive(put("late", room / 2));
    commit();

    assertThat(states.dataBytes()).isLessThanOrEqualTo(LIMIT + RESERVE);
  }

  private void fill() {
    for (int i = 0; i < 1000; i++) {
      propose(put("k" + i, 1000));
    }
    commit();
    pipeline.takeRefused();
  }

  private boolean isWritten(Mutation... mutations) {
    long before = states.applied().get(SELF);
    propose(mutations);
    commit();
    pipeline.takeRefused();
    return states.applied().get(SELF) > before;
  }

  private void propose(Mutation... mutations) {
    pipeline.propose(new Proposal(++tickets, List.of(mutations), 0));
  }

  private void arrive(Mutation mutation) {
    pipeline.deliver(List.of(write(mutation)));
  }

  private Write write(Mutation mutation) {
    Dot dot = new Dot(PEER, sent.get(PEER) + 1);
    Write write = new Write(dot, 100 + dot.sequence(), sent, List.of(mutation), 0);
    sent = sent.with(dot);
    return write;
  }

  private void commit() {
    while (pipeline.begin().isPresent()) {
      pipeline.complete();
    }
    List<String> keys = new ArrayList<>();
    long[] counted = new long[1];
    states.forEach(
        (key, state) -> {
          keys.add(key);
          counted[0] += DataSize.of(state);
        });
    assertThat(states.dataBytes()).isEqualTo(counted[0]);
    assertThat(keys).hasSize(states.size());
  }

  private static Mutation put(String key, int bytes) {
    return new Mutation.Put(key, new Value(Bytes.wrap(new byte[bytes]), "text/plain"));
  }

  private static Mutation delete(String key) {
    return new Mutation.Delete(key);
  }
}
