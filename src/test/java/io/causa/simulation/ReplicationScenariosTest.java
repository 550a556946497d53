package io.causa.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.core.KeyState;
import io.causa.core.KeyVersion;
import io.causa.core.Value;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.Pull;
import io.causa.replication.message.PeerMessage.SnapshotMessage;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.replication.view.PeerView;
import io.causa.replication.view.SnapshotProgress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The situations that the design names, one after the other, in simulated time. */
class ReplicationScenariosTest {

  private static final long SEED = 4;
  private static final long JOIN_MILLIS = 200;
  private static final int MOST_START_MILLIS = 100;

  private final Simulation simulation = new Simulation(SEED, SimulationOptions.small());

  @Test
  void threeEmptyNodesThatStartTogetherAreReadyOnceTheyHaveNotedOneAnother() {
    startThree();

    simulation.schedule().run(100);

    assertThat(simulation.nodes()).allSatisfy(node -> assertThat(node.isReady()).isTrue());
  }

  @Test
  void aWriteReachesEveryNodeWithoutWaitingForATimer() {
    startThree();
    simulation.schedule().run(1000);

    simulation.put("n1", "x", "5");

    simulation.schedule().run(49);
    assertThat(simulation.isConverged()).isTrue();
    assertThat(value("n3", "x")).contains("5");
  }

  @Test
  void anEffectWaitsForItsCauseThatIsHeldOnEveryRoad() {
    startThree();
    simulation.schedule().run(100);
    simulation.faults(Faults.holdOrigin("n1", "n3"));

    writeCauseAndEffect();
    simulation.schedule().run(20_000);

    assertThat(value("n3", "a")).isEmpty();
    assertThat(value("n3", "b")).isEmpty();
    assertThat(simulation.node("n3").blocked(10))
        .singleElement()
        .satisfies(blocked -> assertThat(blocked.waitsFor()).isEqualTo(dot("n1", 1)));

    simulation.heal();
    simulation.schedule().run(100);
    assertThat(value("n3", "a")).contains("1");
    assertThat(value("n3", "b")).contains("2");
  }

  @Test
  void aNodeThatIsCutOffFromTheOriginPullsFromAnother() {
    startThree();
    simulation.schedule().run(100);
    simulation.faults(Faults.hold("n1", "n3"));

    writeCauseAndEffect();

    simulation.converge(5000);
    assertThat(value("n3", "b")).contains("2");
    assertThat(simulation.world().tally().get("pulls answered")).isPositive();
  }

  @Test
  void aNodeThatWasAwayCatchesUpWithoutANewWrite() {
    startThree();
    simulation.put("n1", "x", "1");
    simulation.converge(1000);

    simulation.crash("n2");
    simulation.put("n1", "x", "2");
    simulation.schedule().run(60_000);
    simulation.restart("n2");

    simulation.converge(1000);
    assertThat(value("n2", "x")).contains("2");
  }

  @Test
  void aNodeMayBeToldToStopAtAnyMomentOfItsStart() {
    for (int millis = 0; millis < MOST_START_MILLIS; millis++) {
      Simulation run = new Simulation(SEED + millis, SimulationOptions.small());
      run.startNew("n1");
      run.schedule().run(JOIN_MILLIS);
      SimulatedNode late = run.startNew("n2");
      run.schedule().run(millis);
      boolean[] stopped = new boolean[1];

      run.stop(late, () -> stopped[0] = true);

      run.schedule().runUntil(() -> stopped[0], 5000);
      assertThat(late.isRunning()).as("told to stop after %d ms", millis).isFalse();
      run.restart("n2");
      run.schedule().runUntil(() -> run.node("n2").isReady(), 5000);
    }
  }

  @Test
  void aNewNodeIsNotReadyBeforeItHasWhatTheOthersHad() {
    simulation.startNew("n1");
    simulation.startNew("n2");
    writeMany("n1", 100);
    writeMany("n2", 100);
    simulation.converge(10_000);

    SimulatedNode late = simulation.startNew("n3");
    simulation.schedule().runUntil(() -> late.peers().notReady().startsWith("heard"), JOIN_MILLIS);
    assertThat(late.peers().notReady()).isEqualTo("heard 0 of 2 other members");
    simulation.schedule().runUntil(() -> late.isReady(), 10_000);

    assertThat(late.warning()).isEmpty();
    assertThat(late.disk().applied()).isEqualTo(simulation.node("n1").disk().applied());
  }

  @Test
  void aNodeThatLostItsDataGetsTheWritesOfItsEarlierGenerationBack() {
    startThree();
    writeMany("n1", 50);
    simulation.converge(10_000);
    Replica earlier = simulation.node("n1").self();

    simulation.crash("n1");
    SimulatedNode again = simulation.startNew("n1");
    simulation.schedule().runUntil(() -> again.isReady(), 10_000);

    assertThat(again.warning()).isEmpty();
    assertThat(again.disk().applied().get(earlier)).isEqualTo(50);
    assertThat(again.disk().applied().get(again.self())).isZero();
    simulation.put("n1", "x", "new");
    simulation.converge(1000);
  }

  @Test
  void aNodeThatHearsNobodyServesInTheEnd() {
    startThree();
    simulation.schedule().run(100);
    simulation.crash("n3");
    simulation.faults(Faults.cutTo("n3"));

    SimulatedNode alone = simulation.restart("n3");
    simulation.schedule().run(9900);
    assertThat(alone.isReady()).isFalse();
    simulation.schedule().run(200);

    assertThat(alone.isReady()).isTrue();
    assertThat(alone.warning()).contains("heard 0 of 2 other members");
  }

  @Test
  void aLostBatchIsSentAgainAfterItsTimeout() {
    simulation.startNew("n1");
    simulation.startNew("n2");
    simulation.schedule().run(2000);
    simulation.faults(Faults.loseOrigin("n1"));
    simulation.put("n1", "x", "1");
    simulation.schedule().run(500);
    assertThat(value("n2", "x")).isEmpty();
    simulation.heal();

    simulation.converge(2000);
    assertThat(value("n2", "x")).contains("1");
  }

  @Test
  void aPeerThatIsSilentForLongCostsFewSmallMessages() {
    startThree();
    simulation.schedule().run(1000);
    simulation.crash("n3");
    simulation.schedule().run(5000);
    simulation.network().takeSent();

    writeMany("n1", 200);
    simulation.schedule().run(60_000);

    List<PeerMessage> fromFirst =
        simulation.network().takeSent().stream()
            .filter(message -> message.sender().name().equals("n1"))
            .toList();
    long batches = fromFirst.stream().filter(WriteBatch.class::isInstance).count();
    assertThat(batches).isLessThanOrEqualTo(200);
    // Per minute: two digests a second to the live peer, one every two seconds to the dead one.
    assertThat(fromFirst.size() - batches).isLessThan(120 + 30 + 60);
  }

  @Test
  void aPartitionThatHealsIsRepairedAtOnce() {
    startThree();
    simulation.schedule().run(1000);
    simulation.faults(Faults.cutFrom("n3"), Faults.cutTo("n3"));
    writeMany("n1", 100);
    writeMany("n3", 100);
    simulation.schedule().run(120_000);
    assertThat(simulation.isConverged()).isFalse();

    simulation.heal();

    simulation.converge(5000);
  }

  @Test
  void aNodeThatNoLogReachesGetsASnapshotOnceAndThenTheLogAgain() {
    Simulation forgetful = forgetful("n1");
    SimulatedNode late = forgetful.startNew("n2");
    forgetful.schedule().run(500);
    assertThat(forgetful.node("n1").peers().peers()).singleElement().matches(PeerView::behindLog);
    assertThat(late.isReady()).isFalse();

    forgetful.schedule().runUntil(late::isReady, 5000);
    assertThat(late.warning()).isEmpty();
    assertThat(late.disk().applied()).isEqualTo(forgetful.node("n1").disk().applied());
    assertThat(late.disk().trimmed()).isEqualTo(late.disk().applied());

    forgetful.put("n1", "k", "after");
    forgetful.schedule().run(49);
    assertThat(forgetful.isConverged()).isTrue();
    forgetful.network().takeSent();
    forgetful.schedule().run(60_000);
    assertThat(forgetful.network().takeSent())
        .noneMatch(m -> m instanceof WriteBatch || m instanceof Pull)
        .noneMatch(SnapshotMessage.class::isInstance);
    assertThat(forgetful.world().tally().get("snapshots installed")).isEqualTo(1);
  }

  @Test
  void whenTheSourceOfASnapshotIsGoneAnotherOneIsFetchedFromTheStart() {
    Simulation forgetful = forgetful("n1", "n2");
    SimulatedNode late = forgetful.startNew("n3");
    forgetful.schedule().runUntil(() -> progress(late).filter(p -> p.keys() > 0).isPresent(), 5000);
    String source = progress(late).orElseThrow().source().name();

    forgetful.crash(source);

    forgetful.schedule().runUntil(late::isReady, 20_000);
    forgetful.schedule().run(10);
    assertThat(late.view().get("k99")).isPresent();
    assertThat(forgetful.world().tally().get("snapshots installed")).isEqualTo(1);
  }

  @Test
  void ownWritesThatNobodyHasSurviveASnapshot() {
    Simulation forgetful = forgetful("n1", "n2");
    forgetful.faults(Faults.cutFrom("n2"), Faults.cutTo("n2"));
    forgetful.put("n2", "mine", "1");
    for (int i = 0; i < 100; i++) {
      forgetful.put("n1", "k" + i, "w" + i);
      forgetful.schedule().run(10);
    }

    forgetful.heal();
    forgetful.converge(10_000);
    forgetful.schedule().run(10);

    assertThat(forgetful.world().tally().get("snapshots installed")).isEqualTo(1);
    for (SimulatedNode node : forgetful.nodes()) {
      assertThat(node.view().get("mine")).isPresent();
      assertThat(node.view().get("k99").orElseThrow().visible().value())
          .contains(Value.text("w99"));
    }
  }

  /** Nodes whose logs have forgotten most of the hundred keys that they hold. */
  private static Simulation forgetful(String... names) {
    Simulation forgetful = new Simulation(SEED, SimulationOptions.small().withLogBytes(1000));
    List.of(names).forEach(forgetful::startNew);
    for (int i = 0; i < 100; i++) {
      forgetful.put("n1", "k" + i, "v" + i);
      forgetful.schedule().run(20);
    }
    return forgetful;
  }

  private static Optional<SnapshotProgress> progress(SimulatedNode node) {
    return node.peers().snapshot();
  }

  @Test
  void aForgottenNodeThatComesBackIsANewGenerationWhichKeepsWhatOnlyItHeld() {
    startThree();
    simulation.schedule().run(2000);
    simulation.faults(Faults.cutFrom("n3"));
    simulation.put("n3", "x", "only here");
    simulation.schedule().run(100);
    Replica before = simulation.node("n3").self();
    simulation.crash("n3");
    simulation.heal();
    simulation.schedule().run(4000);
    simulation.forget("n3", "n1");
    simulation.schedule().run(1000);
    assertThat(simulation.node("n2").peers().members())
        .extracting(member -> member.replica().name())
        .containsExactly("n1", "n2");

    simulation.restart("n3");
    simulation.schedule().run(5000);

    assertThat(simulation.node("n3").self().generation()).isGreaterThan(before.generation());
    assertThat(simulation.isConverged()).isTrue();
    assertThat(value("n1", "x")).contains("only here");
    assertThat(simulation.node("n1").peers().roster().members())
        .contains(simulation.node("n3").self());
  }

  /**
   * The member is away when the key is deleted, when the tombstone would be removed, and when the
   * key is made again and deleted again.
   */
  @Test
  void aDeletedKeyNeverComesBackWithAMemberThatWasAway() {
    startThree();
    simulation.schedule().run(1000);
    simulation.put("n1", "x", "old");
    simulation.converge(1000);
    simulation.crash("n3");

    simulation.delete("n1", "x");
    simulation.schedule().run(60_000);
    assertThat(tombstones("n1")).as("kept for n3, which may have anything to say").isEqualTo(1);
    simulation.put("n2", "x", "new");
    simulation.schedule().run(1000);
    simulation.delete("n1", "x");
    simulation.schedule().run(1000);
    simulation.restart("n3");

    assertThat(value("n3", "x")).contains("old");
    simulation.schedule().run(2000);
    for (String name : List.of("n1", "n2", "n3")) {
      assertThat(value(name, "x")).isEmpty();
      assertThat(simulation.node(name).view().size()).as("keys of " + name).isZero();
    }
    simulation.put("n3", "x", "again");
    simulation.converge(1000);
    assertThat(value("n1", "x")).contains("again");
  }

  @Test
  void aKeyMadeAgainWhileAMemberWasAwayIsFoundByIt() {
    startThree();
    simulation.put("n1", "x", "old");
    simulation.converge(1000);
    simulation.crash("n3");
    simulation.delete("n2", "x");
    simulation.schedule().run(5000);
    simulation.put("n1", "x", "new");

    simulation.restart("n3");

    simulation.schedule().run(2000);
    assertThat(value("n3", "x")).contains("new");
    assertThat(simulation.isConverged()).isTrue();
  }

  /** What n3 wrote alone cannot have seen a delete that all others have forgotten. */
  @Test
  void aWriteFromBeforeTheNodesMetWinsOverAForgottenDeleteEverywhere() {
    simulation.faults(Faults.cutTo("n3"), Faults.cutFrom("n3"));
    startThree();
    simulation.schedule().run(11_000);
    simulation.put("n1", "x", "1");
    simulation.schedule().run(1000);
    simulation.delete("n2", "x");
    simulation.schedule().run(2000);
    assertThat(simulation.node("n1").view().size()).isZero();
    simulation.put("n3", "x", "alone");
    simulation.schedule().run(1000);

    simulation.heal();

    simulation.converge(20_000);
    for (String name : List.of("n1", "n2", "n3")) {
      assertThat(value(name, "x")).contains("alone");
    }
    assertThat(simulation.world().tally().get("late writes adopted")).isPositive();
  }

  private int tombstones(String name) {
    return simulation.node(name).status().tombstones();
  }

  private void startThree() {
    List.of("n1", "n2", "n3").forEach(simulation::startNew);
  }

  /** The node n1 writes a=1; n2, having seen it, writes b=2. */
  private void writeCauseAndEffect() {
    simulation.put("n1", "a", "1");
    simulation.schedule().runUntil(() -> value("n2", "a").isPresent(), 1000);
    simulation.put("n2", "b", "2");
  }

  private void writeMany(String name, int count) {
    for (int i = 0; i < count; i++) {
      simulation.put(name, "k" + i % 7, "v".repeat(i));
    }
  }

  private Dot dot(String name, long sequence) {
    return new Dot(simulation.node(name).self(), sequence);
  }

  private Optional<String> value(String name, String key) {
    return simulation
        .node(name)
        .view()
        .get(key)
        .map(KeyState::visible)
        .flatMap(KeyVersion::value)
        .map(Value::bytes)
        .map(Object::toString);
  }
}
