package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.core.KeyState;
import io.causa.core.Mutation;
import io.causa.core.Mutation.Put;
import io.causa.core.Value;
import io.causa.replication.LinkFaultRule;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A cluster in one thread: the same seed and the same calls give the same run. */
final class Simulation {

  private static final int MOST_KEYS = 1000;

  private final Schedule schedule = new Schedule();
  private final SplittableRandom random;
  private final SimulationOptions options;
  private final SimulatedNetwork network;
  private final Map<String, SimulatedNode> nodes = new TreeMap<>();
  private long starts;

  Simulation(long seed, SimulationOptions options) {
    this.random = new SplittableRandom(seed);
    this.options = options;
    this.network = new SimulatedNetwork(schedule, random.split());
  }

  /** A node without data starts: a new generation of its name. */
  SimulatedNode startNew(String name) {
    return start(new SimulatedDisk(new Replica(name, starts + 1), options.logBytes()));
  }

  /** A node that crashed starts again with what was durable. */
  SimulatedNode restart(String name) {
    return start(node(name).disk());
  }

  void crash(String name) {
    node(name).crash();
  }

  SimulatedNode node(String name) {
    return nodes.get(name);
  }

  Collection<SimulatedNode> nodes() {
    return nodes.values();
  }

  List<SimulatedNode> running() {
    return nodes.values().stream().filter(SimulatedNode::isRunning).toList();
  }

  void put(String name, String key, String value) {
    node(name).write(new Put(key, Value.text(value)));
  }

  void delete(String name, String key) {
    node(name).write(new Mutation.Delete(key));
  }

  void faults(LinkFaultRule... rules) {
    network.setFaults(List.of(rules));
  }

  void heal() {
    network.setFaults(List.of());
  }

  Schedule schedule() {
    return schedule;
  }

  SimulatedNetwork network() {
    return network;
  }

  /** Lets time pass until all running nodes hold the same; fails with what they hold if not. */
  void converge(long boundMillis) {
    if (!schedule.runUntil(this::isConverged, boundMillis)) {
      throw new AssertionError("no convergence within " + boundMillis + " ms:\n" + describe());
    }
  }

  boolean isConverged() {
    List<SimulatedNode> running = running();
    SimulatedNode first = running.get(0);
    return running.stream().allMatch(node -> node.isIdle() && holdsTheSame(first, node));
  }

  /** What every node holds and waits for. */
  String describe() {
    StringBuilder text = new StringBuilder();
    for (SimulatedNode node : nodes.values()) {
      text.append(node.self())
          .append(node.isRunning() ? " applied " : " crashed with ")
          .append(node.disk().applied())
          .append(", received ")
          .append(node.buffer().received())
          .append(", blocked ")
          .append(
              node.buffer().blocked(3).stream()
                  .map(b -> b.write().dot() + "<-" + b.waitsFor())
                  .toList())
          .append(", peers ")
          .append(node.replicator().peers(schedule.nowMillis()))
          .append('\n');
    }
    return text.toString();
  }

  /** All keys of a node that have a value, with their states. */
  static Map<String, Optional<KeyState>> states(SimulatedNode node) {
    Map<String, Optional<KeyState>> states = new TreeMap<>();
    node.disk()
        .states()
        .keys("", "", MOST_KEYS)
        .forEach(key -> states.put(key, node.disk().states().get(key)));
    return states;
  }

  private SimulatedNode start(SimulatedDisk disk) {
    starts++;
    SimulatedNode node =
        new SimulatedNode(schedule, network, random.split(), options, disk, starts);
    nodes.put(node.name(), node);
    node.start(running().size());
    return node;
  }

  private static boolean holdsTheSame(SimulatedNode a, SimulatedNode b) {
    return a.disk().applied().equals(b.disk().applied()) && states(a).equals(states(b));
  }
}
