package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.membership.RetireOutcome;
import io.causa.replication.link.LinkFaultRule;
import io.causa.simulation.check.Observers;
import io.causa.simulation.check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One run in which a node loses its data time and again, with writes that nobody has received, and
 * its former generations are retired. The lost writes are on their way all the time, and arrive
 * while the order spreads.
 */
final class RetirementRun {

  private static final String LOSER = "n4";
  private static final List<String> MEMBERS = List.of("n1", "n2", "n3");
  private static final int ROUNDS = 4;
  private static final long MOST_SPREADING_MILLIS = 15;
  private static final long RETIRE_MILLIS = 30_000;
  private static final long ASK_AGAIN_MILLIS = 200;
  private static final long SETTLE_MILLIS = 60_000;

  private final Simulation simulation;
  private final Dice dice;
  private int writes;

  private RetirementRun(long seed) {
    dice = new Dice(seed);
    SimulationOptions options =
        SimulationOptions.small().withDisk(Durability.FSYNC, dice.pick(List.of(100L, 20_000L)));
    simulation = new Simulation(seed, options, false, Observers.none());
  }

  /** Plays a seed; what is wrong, if anything is. */
  static Optional<Failure> play(long seed) {
    return Failure.of(() -> new RetirementRun(seed).play());
  }

  private void play() {
    MEMBERS.forEach(simulation::startNew);
    simulation.startNew(LOSER);
    settle();
    for (int round = 0; round < ROUNDS; round++) {
      write();
      settle();
      Replica former = loseWritesAndData();
      retire(former);
      release();
      settle();
    }
  }

  private void write() {
    for (int i = dice.below(3); i >= 0; i--) {
      simulation.put(LOSER, "k" + dice.below(3), "v" + ++writes);
    }
  }

  /** The last writes are on their way when their node is gone. */
  private Replica loseWritesAndData() {
    simulation.network().setFaults(holds(MEMBERS));
    write();
    simulation.schedule().run(dice.between(0, 100));
    Replica former = simulation.node(LOSER).self();
    simulation.crash(LOSER);
    simulation.replaceDirectory(LOSER);
    simulation.restart(LOSER);
    return former;
  }

  private static List<LinkFaultRule> holds(List<String> targets) {
    return targets.stream().map(to -> Faults.holdOrigin(LOSER, to)).toList();
  }

  /** It is refused until all members are heard, and have the same of the generation. */
  private void retire(Replica former) {
    AtomicBoolean retired = new AtomicBoolean();
    for (long waited = 0; !retired.get(); waited += ASK_AGAIN_MILLIS) {
      if (waited > RETIRE_MILLIS) {
        throw new Verdict("liveness", former + " is not retired:\n" + simulation.describe());
      }
      simulation.schedule().run(ASK_AGAIN_MILLIS);
      AtomicBoolean answered = new AtomicBoolean();
      simulation
          .node(dice.pick(MEMBERS))
          .engine()
          .replication()
          .retire(
              former,
              outcome -> {
                answered.set(true);
                retired.set(outcome instanceof RetireOutcome.Retired);
              });
      simulation.schedule().runUntil(answered::get, ASK_AGAIN_MILLIS);
    }
  }

  /** What was lost arrives here and there, while the others hear of the order. */
  private void release() {
    List<String> left = new ArrayList<>(MEMBERS);
    while (!left.isEmpty()) {
      simulation.schedule().run(dice.between(0, MOST_SPREADING_MILLIS / MEMBERS.size()));
      left.remove(dice.pick(left));
      simulation.network().setFaults(holds(left));
    }
  }

  private void settle() {
    if (!simulation.schedule().runUntil(this::isAtRest, SETTLE_MILLIS)) {
      throw new Verdict("liveness", "no rest:\n" + simulation.describe());
    }
  }

  private boolean isAtRest() {
    return simulation.nodes().stream().allMatch(SimulatedNode::isReady)
        && simulation.isConverged()
        && simulation.knowsItself()
        && simulation.nodes().stream().allMatch(RetirementRun::hasEndedAllFormer);
  }

  private static boolean hasEndedAllFormer(SimulatedNode node) {
    return node.buffer().heldWrites() == 0
        && node.peers().generations().stream().allMatch(former -> former.retired());
  }
}
