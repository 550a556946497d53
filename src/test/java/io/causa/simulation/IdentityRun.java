package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.KeyState;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.core.Write;
import io.causa.engine.api.Outcome;
import io.causa.engine.api.WriteRequest;
import io.causa.identity.State;
import io.causa.replication.Action;
import io.causa.replication.link.LinkFaultRule;
import io.causa.simulation.StorageFaults.Call;
import io.causa.simulation.StorageFaults.Way;
import io.causa.simulation.check.Observers;
import io.causa.simulation.check.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One run in which directories are put back as they were some time ago, or their logs are cut,
 * while the others can be heard or nobody can, and processes end or their writes fail in between.
 * Most writes have a key of their own; the others put and delete a few shared keys, so that
 * forgotten deletes are missed. In the end no dot may name two writes anywhere, all nodes must hold
 * the same, and every acknowledged write of a key of its own must be there, unless no directory had
 * it when its own was put back.
 *
 * <p>Out of its reach, because nothing can help there: that the only node which knows more cannot
 * be heard while others can, until long after.
 */
final class IdentityRun {

  private static final List<String> NAMES = List.of("n1", "n2", "n3");
  private static final List<Call> CALLS = List.of(Call.COMMIT, Call.ROSTER, Call.STANDING);
  private static final List<Way> WAYS = List.of(Way.values());
  private static final List<String> SHARED_KEYS = List.of("s1", "s2", "s3");
  private static final double SHARED = 0.4;
  private static final int ROUNDS = 12;
  private static final long DRAIN_MILLIS = 20;
  private static final long MOST_LATE_MILLIS = 1500;
  private static final long READY_MILLIS = 60_000;
  private static final long SETTLE_MILLIS = 120_000;

  private final Simulation simulation;
  private final Dice dice;
  private final Map<String, SimulatedDisk> copies = new HashMap<>();
  private final Map<String, Replica> acknowledged = new TreeMap<>();
  private final List<String> started = new ArrayList<>();
  private int writes;

  private IdentityRun(long seed) {
    dice = new Dice(seed);
    SimulationOptions options =
        SimulationOptions.small().withDisk(Durability.FSYNC, dice.pick(List.of(500L, 20_000L)));
    simulation = new Simulation(seed, options, false, Observers.none());
  }

  /** Plays a seed; what is wrong, if anything is. */
  static Optional<Failure> play(long seed) {
    return Failure.of(() -> new IdentityRun(seed).play());
  }

  private void play() {
    simulation.onStart(this::watch);
    if (dice.chance(0.5)) {
      NAMES.forEach(this::startNew);
      settle();
    } else {
      grow();
    }
    for (int round = 0; round < ROUNDS; round++) {
      writeForAWhile(NAMES);
      strike(dice.pick(NAMES));
    }
    settle();
    judge();
  }

  /** A directory is put back that has never heard of the last node, who alone knows more. */
  private void grow() {
    List<String> first = NAMES.subList(0, 2);
    first.forEach(this::startNew);
    settle();
    writeForAWhile(first);
    settle();
    String name = dice.pick(first);
    SimulatedDisk copy = simulation.node(name).disk().copy();
    startNew(NAMES.get(2));
    putBack(name, copy);
  }

  private void startNew(String name) {
    started.add(name);
    simulation.startNew(name);
  }

  private void strike(String name) {
    switch (dice.below(7)) {
      case 0, 1 -> copies.put(name, simulation.node(name).disk().copy());
      case 2 -> crash(name);
      case 3 -> failWrite(simulation.node(name));
      case 4 -> cutLog(name);
      default -> {
        if (copies.containsKey(name)) {
          putBack(name, copies.get(name));
        }
      }
    }
  }

  /** The node stops when it writes so the next time, and is started again. */
  private void failWrite(SimulatedNode node) {
    node.storageFaults().arm(dice.pick(CALLS), dice.pick(WAYS));
  }

  private void crash(String name) {
    if (dice.chance(0.5)) {
      simulation.node(name).duringNextCommit(() -> crashNow(name));
    } else {
      crashNow(name);
    }
  }

  private void crashNow(String name) {
    if (simulation.node(name).isRunning()) {
      simulation.crash(name);
      drain();
      simulation.restart(name);
    }
  }

  /** A process takes longer to start than a message travels to one that is gone. */
  private void drain() {
    simulation.schedule().run(DRAIN_MILLIS);
  }

  /** Of the others one may know more of the last writes, and may be heard later. */
  private void putBack(String name, SimulatedDisk remembered) {
    settle();
    SimulatedDisk copy = dice.chance(0.5) ? remembered : simulation.node(name).disk().copy();
    String unaware = dice.pick(NAMES.stream().filter(other -> !other.equals(name)).toList());
    boolean apart = dice.chance(0.5);
    if (apart) {
      simulation.isolate(unaware);
    }
    writeForAWhile(List.of(name));
    simulation.crash(name);
    drain();
    forgetWhatNobodyHas(name, copy);
    if (dice.chance(0.7)) {
      simulation.heal();
      simulation.isolate(name, apart ? List.of(unaware) : List.of());
      simulation.restore(copy);
      beAlone(name);
      simulation.heal();
      simulation.faults(slowest(unaware, name), slowest(name, unaware));
      crashOneOf(List.of(unaware, name));
      simulation.schedule().run(MOST_LATE_MILLIS);
    } else {
      simulation.heal();
      simulation.restore(copy);
    }
    settle();
  }

  /**
   * The write-ahead log of a node that is down loses its end. Whoever else has what was in it is
   * heard again only when the node has written for a while.
   */
  private void cutLog(String name) {
    settle();
    List<String> others = NAMES.stream().filter(other -> !other.equals(name)).toList();
    String aware = dice.pick(others);
    others.stream().filter(other -> !other.equals(aware)).forEach(simulation::isolate);
    writeForAWhile(List.of(name));
    simulation.crash(name);
    drain();
    SimulatedDisk disk = simulation.node(name).disk();
    disk.cut(1 + dice.below(8));
    forgetWhatNobodyHas(name, disk);
    simulation.heal();
    simulation.isolate(aware);
    simulation.restart(name);
    beAlone(name);
    settle();
  }

  /** Whoever knows more is heard last, but in time. */
  private LinkFaultRule slowest(String unaware, String name) {
    String aware =
        NAMES.stream().filter(n -> !n.equals(name) && !n.equals(unaware)).findAny().orElseThrow();
    return Faults.slow(aware, name, dice.between(0, MOST_LATE_MILLIS));
  }

  /** Who starts again must not stamp yet, also not to adopt what was written without it. */
  private void crashOneOf(List<String> names) {
    if (dice.chance(0.5)) {
      crashNow(dice.pick(names));
    }
  }

  private void beAlone(String name) {
    for (int i = dice.below(4); i >= 0; i--) {
      writeForAWhile(NAMES);
      if (dice.chance(0.3)) {
        crashNow(name);
      }
      simulation.schedule().run(dice.between(0, 3000));
    }
  }

  /** What only this directory has is lost with it. */
  private void forgetWhatNobodyHas(String name, SimulatedDisk copy) {
    acknowledged.keySet().removeIf(key -> !isKept(key, name, copy));
  }

  private boolean isKept(String key, String name, SimulatedDisk copy) {
    return copy.recovered().states().containsKey(key)
        || simulation.nodes().stream()
            .filter(node -> !node.name().equals(name))
            .anyMatch(node -> node.disk().recovered().states().containsKey(key));
  }

  private void writeForAWhile(List<String> names) {
    for (int i = dice.below(8); i >= 0; i--) {
      write(dice.pick(names));
      simulation.schedule().run(dice.between(0, 60));
    }
  }

  private void write(String name) {
    SimulatedNode node = simulation.node(name);
    if (node.isRunning() && node.isReady()) {
      if (dice.chance(SHARED)) {
        node.write(shared(), () -> {});
        return;
      }
      String key = "w" + ++writes;
      List<Mutation> put = List.of(new Mutation.Put(key, Value.text(key)));
      node.engine()
          .store()
          .write(
              new WriteRequest(put, VersionVector.EMPTY, 0, false),
              outcome -> {
                if (outcome instanceof Outcome.Done) {
                  acknowledged.put(key, node.self());
                }
              });
    }
  }

  private Mutation shared() {
    String key = dice.pick(SHARED_KEYS);
    return dice.chance(0.5)
        ? new Mutation.Delete(key)
        : new Mutation.Put(key, Value.text("shared " + ++writes));
  }

  private void watch(SimulatedNode node) {
    node.onMustStop(action -> mustStop(node, action));
  }

  /** The node renounces its identity, and is started again as a new generation. */
  private void mustStop(SimulatedNode node, Action action) {
    Action.OlderCopy found = (Action.OlderCopy) action;
    if (found.standing().state() == State.FORKED) {
      throw new Verdict("forked", node.self() + " spread dots that were taken: " + found);
    }
  }

  /** Everything heals, and all hold the same. */
  private void settle() {
    simulation.heal();
    boolean ready = simulation.schedule().runUntil(this::allReady, READY_MILLIS);
    boolean rests = ready && simulation.schedule().runUntil(this::isAtRest, SETTLE_MILLIS);
    if (!rests) {
      throw new Verdict("liveness", "no rest:\n" + simulation.describe());
    }
  }

  private boolean allReady() {
    return simulation.running().size() == started.size()
        && simulation.nodes().stream().allMatch(SimulatedNode::isReady);
  }

  private boolean isAtRest() {
    return allReady()
        && simulation.isConverged()
        && simulation.nodes().stream()
            .noneMatch(node -> node.disk().isDoubted() || node.disk().isRenounced())
        && simulation.nodes().stream().allMatch(node -> node.status().tombstones() == 0);
  }

  private void judge() {
    Map<Dot, Write> named = new HashMap<>();
    Map<String, KeyState> expected = simulation.node("n1").disk().recovered().states();
    for (SimulatedNode node : simulation.nodes()) {
      node.disk().writes().forEach(write -> judgeName(named, write, node));
      if (!node.disk().recovered().states().equals(expected)) {
        throw new Verdict("convergence", node.self() + " differs from n1");
      }
    }
    List<String> lost = new ArrayList<>(acknowledged.keySet());
    lost.removeAll(expected.keySet());
    if (!lost.isEmpty()) {
      throw new Verdict("acknowledged-lost", lost + " of " + acknowledged.get(lost.get(0)));
    }
  }

  private static void judgeName(Map<Dot, Write> named, Write write, SimulatedNode node) {
    Write other = named.putIfAbsent(write.dot(), write);
    if (other != null && !other.equals(write)) {
      throw new Verdict("unique-names", node.self() + " has " + write + ", others " + other);
    }
  }
}
