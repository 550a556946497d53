package io.causa.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Replica;
import io.causa.core.KeyState;
import io.causa.identity.State;
import io.causa.replication.Action;
import io.causa.simulation.check.Observers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A replica whose past is not what it was: put back, started alone, or copied. */
class IdentitySimulationTest {

  private static final int SEEDS = 150;
  private static final int NAMESAKE_SEEDS = 50;
  private static final int RETIREMENT_SEEDS = 50;
  private static final int FORGOTTEN_SEEDS = 30;

  private final Simulation simulation = new Simulation(4, SimulationOptions.small());

  @Test
  void directoriesThatArePutBackNeverMakeADotNameTwoWrites() {
    long first = Math.abs(System.nanoTime());
    for (long seed = first; seed < first + SEEDS; seed++) {
      assertThat(IdentityRun.play(seed)).as("seed %d", seed).isEqualTo(Optional.empty());
    }
  }

  @Test
  void aDirectoryThatComesBackNeverExpelsItsHealthyReplacement() {
    long first = Math.abs(System.nanoTime());
    for (long seed = first; seed < first + NAMESAKE_SEEDS; seed++) {
      assertThat(NamesakeRun.play(seed)).as("seed %d", seed).isEqualTo(Optional.empty());
    }
  }

  @Test
  void whoShowsThatAGenerationIsRetiredTakesInNoLaterWriteOfIt() {
    long first = Math.abs(System.nanoTime());
    for (long seed = first; seed < first + RETIREMENT_SEEDS; seed++) {
      assertThat(RetirementRun.play(seed)).as("seed %d", seed).isEqualTo(Optional.empty());
    }
  }

  @Test
  void aTombstoneIsKeptForAWriteOfAForgottenMemberThatAnotherOneHas() {
    long first = Math.abs(System.nanoTime());
    for (long seed = first; seed < first + FORGOTTEN_SEEDS; seed++) {
      assertThat(ForgottenWriteRun.play(seed)).as("seed %d", seed).isEqualTo(Optional.empty());
    }
  }

  @Test
  void ofTwoNodesOnCopiesOfOneDirectoryTheLaterNeverServesAndNamesTheEarlier() {
    List.of("n1", "n2", "n3").forEach(simulation::startNew);
    simulation.schedule().run(1000);
    simulation.put("n1", "a", "1");
    simulation.converge(5000);
    SimulatedNode twin = simulation.startTwin(simulation.node("n1").disk());
    List<Action> stops = new ArrayList<>();
    twin.onMustStop(stops::add);

    assertThat(simulation.schedule().runUntil(() -> !stops.isEmpty(), 10_000)).isTrue();

    assertThat(twin.isReady()).isFalse();
    assertThat(stops.get(0))
        .isEqualTo(new Action.Collision(simulation.node("n1").self(), "http://n1"));
    twin.crash();
    simulation.put("n1", "b", "2");
    simulation.converge(20_000);
    assertThat(simulation.node("n3").view().get("b")).map(KeyState::visible).isPresent();
  }

  /** Clients go on to use the bare name, which the twin was printed under nowhere. */
  @Test
  void aTwinThatNeverBecameAMemberDoesNotMakeTheNameAmbiguous() {
    List.of("n1", "n2").forEach(simulation::startNew);
    simulation.schedule().run(1000);
    simulation.put("n1", "a", "1");
    simulation.converge(5000);
    SimulatedNode twin = simulation.startNamesake("n1");
    List<Action> stops = new ArrayList<>();
    twin.onMustStop(stops::add);
    assertThat(simulation.schedule().runUntil(() -> !stops.isEmpty(), 10_000)).isTrue();

    for (String name : List.of("n1", "n2")) {
      assertThat(simulation.node(name).engine().names().parse("n1"))
          .as("at %s", name)
          .contains(simulation.node("n1").self());
    }
  }

  /** As in the gap below, but the directory knows by itself. */
  @Test
  void aDirectoryWhoseLogWasCutIsANewGenerationThoughNobodyWhoKnowsMoreIsHeard() {
    Simulation simulation =
        new Simulation(
            4, SimulationOptions.small().withDisk(Durability.FSYNC, 500), false, Observers.none());
    List.of("n1", "n2", "n3").forEach(simulation::startNew);
    simulation.schedule().run(1000);
    simulation.put("n1", "a", "1");
    simulation.converge(5000);
    simulation.isolate("n2");
    List.of("b", "c", "d").forEach(key -> simulation.put("n1", key, "known to n3"));
    simulation.schedule().run(500);
    simulation.crash("n1");
    Replica before = simulation.node("n1").self();
    simulation.node("n1").disk().cut(2);
    simulation.heal();
    simulation.isolate("n3");
    List<Action> stops = new ArrayList<>();
    simulation.onStart(node -> node.onMustStop(stops::add));
    simulation.restart("n1");
    simulation.schedule().run(20_000);
    simulation.put("n1", "b", "stamped anew");
    simulation.schedule().run(1000);
    simulation.heal();
    simulation.converge(20_000);

    assertThat(stops).isEmpty();
    assertThat(simulation.node("n1").self().generation()).isGreaterThan(before.generation());
    for (String name : List.of("n1", "n2", "n3")) {
      assertThat(simulation.node(name).view().get("d")).as(name).isPresent();
    }
  }

  /** Which of the two stops is drawn with their sessions. */
  @Test
  void ofTwoNodesThatStartUnderOneNameInTheSameMillisecondOneStops() {
    SimulatedNode one = simulation.startNew("n1");
    List<Action> stops = new ArrayList<>();
    one.onMustStop(stops::add);
    SimulatedNode other = simulation.startNamesake("n1");
    other.onMustStop(stops::add);

    assertThat(simulation.schedule().runUntil(() -> !stops.isEmpty(), 10_000)).isTrue();

    assertThat(one.isReady() && other.isReady()).isFalse();
    assertThat(stops.get(0)).isInstanceOf(Action.Collision.class);
  }

  /** The gap that is left: docs/design.md, "A restored backup". */
  @Test
  void whereOnlyOneThatCannotBeHeardKnowsMoreTheNodeStopsForGoodWhenItHearsThat() {
    Simulation simulation = new Simulation(4, SimulationOptions.small(), false, Observers.none());
    List.of("n1", "n2", "n3").forEach(simulation::startNew);
    simulation.schedule().run(1000);
    simulation.put("n1", "a", "1");
    simulation.converge(5000);
    SimulatedDisk copy = simulation.node("n1").disk().copy();
    simulation.isolate("n2");
    List.of("b", "c", "d").forEach(key -> simulation.put("n1", key, "known to n3"));
    simulation.schedule().run(500);
    simulation.crash("n1");
    simulation.heal();
    simulation.isolate("n3");
    List<Action> stops = new ArrayList<>();
    simulation.onStart(node -> node.onMustStop(stops::add));
    simulation.restore(copy);
    simulation.schedule().run(20_000);
    simulation.put("n1", "b", "stamped again");
    simulation.schedule().run(1000);
    assertThat(stops).isEmpty();

    simulation.heal();
    simulation.schedule().runUntil(() -> !stops.isEmpty(), 20_000);

    assertThat(stops.get(0))
        .isInstanceOfSatisfying(
            Action.OlderCopy.class,
            found -> assertThat(found.standing().state()).isEqualTo(State.FORKED));
  }
}
