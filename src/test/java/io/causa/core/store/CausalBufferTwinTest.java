package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.CausalBuffer.Admission;
import io.causa.core.CausalBuffer.Limits;
import io.causa.core.Write;
import io.causa.core.store.Histories.History;
import io.causa.core.store.Histories.Script;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** The indexed buffer and its naive twin see the same and must answer the same, step for step. */
@Domain(Histories.class)
@Domain(DomainContext.Global.class)
class CausalBufferTwinTest {

  @Property
  void theTwinsAgreeForEveryOrderOfArrival(@ForAll Script script, @ForAll Random random) {
    Twins twins = new Twins(VersionVector.EMPTY, ModelReplica.ROOMY);
    for (Write write : Histories.run(script).shuffledWithDuplicates(random)) {
      twins.offer(write);
    }
    assertThat(twins.indexed.heldWrites()).isZero();
  }

  /** What the network refuses comes again; the store applies at its own pace. */
  @Property
  void theTwinsAgreeAtTheirLimitsAndDrain(
      @ForAll Script script,
      @ForAll Random random,
      @ForAll @IntRange(min = 0, max = 6) int writes,
      @ForAll @IntRange(min = 0, max = 600) int bytes,
      @ForAll @IntRange(min = 0, max = 200) int handedOverBytes) {
    History history = Histories.run(script);
    Twins twins = new Twins(VersionVector.EMPTY, new Limits(writes, bytes, handedOverBytes));
    VersionVector all = VersionVector.of(history.writes().stream().map(Write::dot).toList());
    for (int round = 0; !twins.indexed.delivered().equals(all); round++) {
      assertThat(round).as("rounds").isLessThanOrEqualTo(history.writes().size());
      for (Write write : history.shuffledWithDuplicates(random)) {
        twins.offer(write);
        twins.store.applySome(random.nextInt(3));
        twins.storeApplied();
      }
      twins.store.applySome(Integer.MAX_VALUE);
      twins.storeApplied();
    }
    assertThat(twins.indexed.heldWrites()).isZero();
  }

  /**
   * One of the replicas is our own: its writes are never offered, they are applied at the store.
   */
  @Property
  void theTwinsAgreeWhenOwnWritesArePartOfTheOrder(@ForAll Script script, @ForAll Random random) {
    History history = Histories.run(script);
    var self = history.replicas().get(0).self;
    Twins twins = new Twins(VersionVector.EMPTY, ModelReplica.ROOMY);
    Queue<Write> own = new ArrayDeque<>();
    history.writes().stream().filter(write -> write.origin().equals(self)).forEach(own::add);
    for (Write write : history.shuffledWithDuplicates(random)) {
      if (!write.origin().equals(self)) {
        twins.offer(write);
      }
      twins.applyOwn(own, random.nextInt(2));
    }
    twins.applyOwn(own, Integer.MAX_VALUE);
    assertThat(own).isEmpty();
    assertThat(twins.indexed.heldWrites()).isZero();
  }

  /** A snapshot takes the store forward past writes that are held, by several origins at once. */
  @Property
  void theTwinsAgreeWhenTheStoreJumpsAhead(@ForAll Script script, @ForAll Random random) {
    History history = Histories.run(script);
    Twins twins = new Twins(VersionVector.EMPTY, ModelReplica.ROOMY);
    for (Write write : history.shuffledWithDuplicates(random)) {
      twins.offer(write);
      if (random.nextInt(5) == 0) {
        Write reached = history.writes().get(random.nextInt(history.writes().size()));
        twins.jump(reached.dependencies().with(reached.dot()));
      }
    }
    assertThat(twins.indexed.heldWrites()).isZero();
  }

  private static final class Twins {
    final CausalBuffer indexed;
    final NaiveBuffer naive;
    final Limits limits;
    final ModelStore store = new ModelStore();

    Twins(VersionVector applied, Limits limits) {
      this.limits = limits;
      indexed = new CausalBuffer(applied, limits);
      naive = new NaiveBuffer(applied, limits);
    }

    void offer(Write write) {
      boolean next = write.isDeliverableAt(indexed.delivered());
      Admission admission = indexed.offer(write);
      assertThat(admission).isEqualTo(naive.offer(write));
      if (next && store.handedOverBytes() <= limits.handedOverBytes()) {
        assertThat(admission).isEqualTo(Admission.ADMITTED);
      }
      compare();
    }

    void applyOwn(Queue<Write> own, int most) {
      for (int i = 0; i < most && !own.isEmpty(); i++) {
        if (!own.peek().isDeliverableAt(indexed.delivered())) {
          return;
        }
        store.applySome(Integer.MAX_VALUE);
        store.applied = store.applied.with(own.remove().dot());
        storeApplied();
      }
    }

    void jump(VersionVector cut) {
      store.applySome(Integer.MAX_VALUE);
      store.applied = store.applied.join(cut);
      storeApplied();
    }

    void storeApplied() {
      indexed.applied(store.applied);
      naive.applied(store.applied);
      compare();
    }

    private void compare() {
      List<Write> taken = indexed.takeDeliverable();
      assertThat(new HashSet<>(taken)).isEqualTo(new HashSet<>(naive.takeDeliverable()));
      assertThat(taken).doesNotHaveDuplicates();
      taken.forEach(store::handOver);
      assertThat(indexed.delivered()).isEqualTo(naive.delivered());
      assertThat(indexed.received()).isEqualTo(naive.received());
      assertThat(indexed.behindGaps()).isEqualTo(naive.behindGaps());
      assertThat(indexed.blocked(100)).isEqualTo(naive.blocked(100));
      assertThat(indexed.blocked(2)).isEqualTo(naive.blocked(2));
      assertThat(indexed.heldWrites()).isEqualTo(naive.heldWrites());
      assertThat(indexed.heldBytes()).isEqualTo(naive.heldBytes());
      assertThat(indexed.heldWrites()).isLessThanOrEqualTo(limits.writes());
      assertThat(indexed.heldBytes()).isLessThanOrEqualTo(limits.bytes());
    }
  }

  /** What the buffer hands over waits here, in its order, until it is applied. */
  private static final class ModelStore {
    private final Queue<Write> waiting = new ArrayDeque<>();
    VersionVector applied = VersionVector.EMPTY;
    private VersionVector handed = VersionVector.EMPTY;

    /** Nothing that the store has already may come, and nothing before what it depends on. */
    void handOver(Write write) {
      VersionVector position = handed.join(applied);
      assertThat(write.isDeliverableAt(position))
          .as("%s with dependencies %s at %s", write.dot(), write.dependencies(), position)
          .isTrue();
      handed = handed.with(write.dot());
      waiting.add(write);
    }

    void applySome(int most) {
      for (int i = 0; i < most && !waiting.isEmpty(); i++) {
        applied = applied.with(waiting.remove().dot());
      }
    }

    long handedOverBytes() {
      return waiting.stream().mapToLong(Write::heapBytes).sum();
    }
  }
}
