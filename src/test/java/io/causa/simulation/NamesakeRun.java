package io.causa.simulation;

import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.simulation.check.Observers;
import io.causa.simulation.check.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One run in which a directory comes back that was away, for example on an old machine, while a
 * healthy generation has taken its name. Some of its own writes may be unknown to all others.
 *
 * <p>While the replacement lives, the directory's node must stop, start after start, and change
 * nothing. While the replacement is gone, the node must take the name, and hand on what only it
 * has; then it is the replacement that must stop. A second copy of the directory may have come back
 * before.
 */
final class NamesakeRun {

  private static final List<String> NAMES = List.of("n1", "n2", "n3");
  private static final long SUPERVISOR_MILLIS = 300;
  private static final int STARTS = 4;
  private static final long START_MILLIS = 8000;
  private static final long MOST_ALONE_MILLIS = 30_000;
  private static final long MOST_BACK_MILLIS = 60_000;
  private static final long SETTLE_MILLIS = 120_000;

  private final Simulation simulation;
  private final Dice dice;
  private final Set<String> acknowledged = new TreeSet<>();
  private final String name;
  private int writes;

  private NamesakeRun(long seed) {
    dice = new Dice(seed);
    SimulationOptions options =
        SimulationOptions.small().withDisk(Durability.FSYNC, dice.pick(List.of(500L, 20_000L)));
    simulation = new Simulation(seed, options, false, Observers.none());
    name = dice.pick(NAMES);
  }

  /** Plays a seed; what is wrong, if anything is. */
  static Optional<Failure> play(long seed) {
    return Failure.of(() -> new NamesakeRun(seed).play());
  }

  private void play() {
    // A node that hears that it is none any more is right, here.
    simulation.onStart(node -> node.onMustStop(action -> {}));
    NAMES.forEach(simulation::startNew);
    settle();
    writeForAWhile(NAMES);
    settle();
    SimulatedDisk stale = goAway();
    replace();
    if (dice.chance(0.5)) {
      simulation.setClockBack(dice.between(1, MOST_BACK_MILLIS));
    }
    if (dice.chance(0.3)) {
      mustGiveWay(stale.copy());
    }
    if (dice.chance(0.7)) {
      stale = mustGiveWay(stale);
    }
    SimulatedDisk replacement = simulation.node(name).disk();
    simulation.crash(name);
    simulation.schedule().run(dice.between(0, 12_000));
    simulation.restore(stale);
    settle();
    writeForAWhile(NAMES);
    mustGiveWay(replacement);
    settle();
    judge();
  }

  /** The directory may have served alone, so that its last writes are unknown to all others. */
  private SimulatedDisk goAway() {
    if (dice.chance(0.7)) {
      simulation.isolate(name);
      simulation.crash(name);
      simulation.restart(name);
      SimulatedNode alone = simulation.node(name);
      simulation.schedule().runUntil(alone::isReady, MOST_ALONE_MILLIS);
      writeForAWhile(List.of(name));
      simulation.schedule().run(dice.between(0, 1000));
    }
    simulation.crash(name);
    simulation.heal();
    return simulation.node(name).disk();
  }

  /** A node without data takes the name. */
  private void replace() {
    simulation.schedule().run(dice.between(0, 5000));
    simulation.replaceDirectory(name);
    simulation.restart(name);
    settle();
    writeForAWhile(NAMES);
    settle();
  }

  /**
   * The directory's node is started again each time that it stops.
   *
   * @return its directory afterwards
   */
  private SimulatedDisk mustGiveWay(SimulatedDisk returning) {
    SimulatedNode holder = simulation.node(name);
    SimulatedDisk disk = returning;
    for (int start = 0; start < STARTS; start++) {
      SimulatedNode twin = simulation.startTwin(disk);
      twin.onMustStop(action -> {});
      boolean stopped = simulation.schedule().runUntil(() -> !twin.isRunning(), START_MILLIS);
      if (!stopped || twin.isReady()) {
        throw new Verdict("twin", twin.self() + " goes on beside " + holder.self());
      }
      writeForAWhile(NAMES);
      simulation.schedule().run(SUPERVISOR_MILLIS);
      disk = twin.disk();
    }
    if (simulation.node(name) != holder || !holder.isRunning() || !isMemberEverywhere(holder)) {
      throw new Verdict("expelled-by-a-twin", holder.self() + ":\n" + simulation.describe());
    }
    return disk;
  }

  private boolean isMemberEverywhere(SimulatedNode holder) {
    return simulation.running().stream()
        .allMatch(node -> node.peers().roster().isMember(holder.self()));
  }

  private void writeForAWhile(List<String> names) {
    for (int i = dice.below(6); i >= 0; i--) {
      write(simulation.node(dice.pick(names)));
      simulation.schedule().run(dice.between(0, 60));
    }
  }

  private void write(SimulatedNode node) {
    if (node.isRunning() && node.isReady()) {
      String key = "w" + ++writes;
      List<Mutation> put = List.of(new Mutation.Put(key, Value.text(key)));
      node.engine()
          .store()
          .write(
              new WriteRequest(put, VersionVector.EMPTY, 0, false),
              outcome -> {
                if (outcome instanceof Outcome.Done) {
                  acknowledged.add(key);
                }
              });
    }
  }

  private void settle() {
    if (!simulation.schedule().runUntil(this::isAtRest, SETTLE_MILLIS)) {
      throw new Verdict("liveness", "no rest:\n" + simulation.describe());
    }
  }

  private boolean isAtRest() {
    return simulation.running().size() == NAMES.size()
        && simulation.nodes().stream().allMatch(SimulatedNode::isReady)
        && simulation.isConverged()
        && simulation.knowsItself();
  }

  /** All hold the same, and every write that was acknowledged. */
  private void judge() {
    Map<String, KeyState> expected = simulation.node("n1").disk().recovered().states();
    for (SimulatedNode node : simulation.nodes()) {
      if (!node.disk().recovered().states().equals(expected)) {
        throw new Verdict("convergence", node.self() + " differs from n1");
      }
    }
    Set<String> lost = new TreeSet<>(acknowledged);
    lost.removeAll(expected.keySet());
    if (!lost.isEmpty()) {
      throw new Verdict("acknowledged-lost", lost + ":\n" + simulation.describe());
    }
  }
}
