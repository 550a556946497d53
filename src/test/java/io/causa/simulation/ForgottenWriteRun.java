package io.causa.simulation;

import io.causa.clock.VersionVector;
import io.causa.replication.link.LinkFaultRule;
import io.causa.simulation.check.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * One run in which a member is forgotten whose last write one of the others has, and has not seen a
 * delete of all of them. The other node must keep the tombstone until it has that write, too. It
 * would take the write for a late one otherwise, and bring the deleted key back.
 */
final class ForgottenWriteRun {

  private static final String KEY = "x";
  private static final long SETTLE_MILLIS = 60_000;

  private final Simulation simulation;
  private final Dice dice;

  /** Who is forgotten, who has the last write of that one, and who lacks it. */
  private final String gone;

  private final String aware;
  private final String unaware;

  private ForgottenWriteRun(long seed) {
    dice = new Dice(seed);
    simulation = new Simulation(seed, SimulationOptions.small());
    List<String> names = new ArrayList<>(List.of("n1", "n2", "n3"));
    Collections.rotate(names, dice.below(names.size()));
    gone = names.get(0);
    aware = names.get(1);
    unaware = names.get(2);
  }

  /** Plays a seed; what is wrong, if anything is. */
  static Optional<Failure> play(long seed) {
    return Failure.of(() -> new ForgottenWriteRun(seed).play());
  }

  private void play() {
    List.of("n1", "n2", "n3").forEach(simulation::startNew);
    until(simulation::knowsItself);
    simulation.put(unaware, KEY, "old");
    for (int i = dice.below(4); i >= 0; i--) {
      simulation.put(unaware, "more " + i, "later than the write that is going to be forgotten");
    }
    until(simulation::isConverged);
    LinkFaultRule held = Faults.holdOrigin(gone, unaware);
    simulation.faults(held, Faults.hold(unaware, gone), Faults.hold(aware, gone));
    simulation.put(gone, KEY, "forgotten");
    simulation.delete(unaware, KEY);
    simulation.delete(unaware, KEY);
    until(() -> applied(aware).covers(applied(gone)) && applied(aware).covers(applied(unaware)));
    simulation.crash(gone);
    simulation.faults(held);
    simulation.schedule().run(simulation.world().options().replication().silentAfterMillis() + 100);
    simulation.forget(gone, aware);
    simulation.schedule().run(dice.between(0, 5000));
    simulation.heal();
    until(() -> applied(unaware).equals(applied(aware)));
    simulation.schedule().run(dice.between(0, 3000));
    judge();
  }

  private VersionVector applied(String name) {
    return simulation.node(name).disk().applied();
  }

  private void until(BooleanSupplier condition) {
    if (!simulation.schedule().runUntil(condition, SETTLE_MILLIS)) {
      throw new Verdict("liveness", "no rest:\n" + simulation.describe());
    }
  }

  private void judge() {
    if (simulation.world().tally().get("late writes adopted") > 0) {
      throw new Verdict(
          "stable", unaware + " has removed a tombstone too early:\n" + simulation.describe());
    }
  }
}
