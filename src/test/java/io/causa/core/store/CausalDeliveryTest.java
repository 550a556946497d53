package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.CausalBuffer.Admission;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.core.store.Histories.History;
import io.causa.core.store.Histories.Script;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;
import net.jqwik.api.statistics.StatisticsReport.StatisticsReportMode;

/** Whatever the order of arrival, no write becomes readable before a write that it depends on. */
@Domain(Histories.class)
@Domain(DomainContext.Global.class)
class CausalDeliveryTest {

  @Property
  @StatisticsReport(StatisticsReportMode.OFF)
  void deliveryExtendsCausalityForEveryOrderOfArrival(
      @ForAll Script script, @ForAll Random random) {
    History history = Histories.run(script);
    CausalBuffer buffer = new CausalBuffer(VersionVector.EMPTY, ModelReplica.ROOMY);
    List<Write> delivered = new ArrayList<>();
    int blocked = 0;
    for (Write write : history.shuffledWithDuplicates(random)) {
      buffer.offer(write);
      delivered.addAll(buffer.takeDeliverable());
      blocked = Math.max(blocked, buffer.heldWrites());
    }
    assertThat(delivered).containsExactlyInAnyOrderElementsOf(history.writes());
    assertExtendsCausality(delivered);
    assertThat(buffer.heldWrites()).isZero();
    assertThat(buffer.heldBytes()).isZero();
    Statistics.collect(blocked > 0);
    Statistics.coverage(cover -> cover.check(true).percentage(waited -> waited > 50));
  }

  @Property
  void aWriteArrivingAgainIsADuplicateWhetherHeldOrDelivered(
      @ForAll Script script, @ForAll Random random) {
    CausalBuffer buffer = new CausalBuffer(VersionVector.EMPTY, ModelReplica.ROOMY);
    List<Write> seen = new ArrayList<>();
    for (Write write : Histories.run(script).shuffledWithDuplicates(random)) {
      Admission expected = seen.contains(write) ? Admission.DUPLICATE : Admission.ADMITTED;
      assertThat(buffer.offer(write)).isEqualTo(expected);
      seen.add(write);
    }
  }

  @Property
  void everyReplicaAppliesInAnOrderThatExtendsCausality(@ForAll Script script) {
    for (ModelReplica replica : Histories.run(script).replicas()) {
      assertExtendsCausality(replica.applied());
    }
  }

  @Property
  void timestampsExtendCausality(@ForAll Script script) {
    List<Write> writes = Histories.run(script).writes();
    for (Write cause : writes) {
      for (Write effect : writes) {
        if (effect.dependencies().covers(cause.dot())) {
          assertThat(cause.timestamp()).isLessThan(effect.timestamp());
        }
      }
    }
    assertThat(writes).extracting(Write::timestamp).doesNotHaveDuplicates();
  }

  @Property
  void ownSequencesAreGaplessAndOwnLamportTimesRise(@ForAll Script script) {
    Map<Replica, Write> last = new HashMap<>();
    for (Write write : Histories.run(script).writes()) {
      Write previous = last.put(write.origin(), write);
      long sequence = previous == null ? 0 : previous.dot().sequence();
      assertThat(write.dot().sequence()).isEqualTo(sequence + 1);
      assertThat(write.lamport()).isGreaterThan(previous == null ? 0 : previous.lamport());
    }
  }

  @Property
  void aWriteDependsOnAllThatItsOriginHadAndNotOnItself(@ForAll Script script) {
    for (ModelReplica replica : Histories.run(script).replicas()) {
      for (StagedWrite prepared : replica.prepared()) {
        Write write = prepared.write();
        assertThat(write.dependencies().covers(write.dot())).isFalse();
        if (write.origin().equals(replica.self)) {
          assertThat(write.dependencies()).isEqualTo(prepared.before());
        }
      }
    }
  }

  private static void assertExtendsCausality(List<Write> order) {
    VersionVector applied = VersionVector.EMPTY;
    for (Write write : order) {
      assertThat(write.isDeliverableAt(applied))
          .as("%s with dependencies %s at %s", write.dot(), write.dependencies(), applied)
          .isTrue();
      applied = applied.with(write.dot());
    }
  }
}
