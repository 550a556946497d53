package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.core.Mutation;
import io.causa.core.Mutation.Put;
import io.causa.core.Value;
import io.causa.engine.port.ExpelledException;
import io.causa.engine.port.GivenUpException;
import io.causa.engine.port.RenouncedException;
import io.causa.identity.NextStart;
import io.causa.identity.StartMoment;
import io.causa.membership.ForgetOutcome;
import io.causa.replication.link.LinkFaultRule;
import io.causa.replication.view.PeerView;
import io.causa.simulation.check.Observers;
import io.causa.simulation.check.Verdict;
import io.causa.storage.StorageException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A cluster in one thread: the same seed and the same calls give the same run. */
final class Simulation {

  /** After how long whoever watches over processes starts one again that stopped itself. */
  private static final long SUPERVISOR_MILLIS = 300;

  /** So late that a clock which is set back time and again never reaches 0. */
  private static final long START_WALL_MILLIS = 1_000_000_000_000L;

  private static final long MOST_WRITE_MILLIS = 2000;
  private static final Pattern NUMBER = Pattern.compile(" \\d+");

  private record Backup(SimulatedDisk original, SimulatedDisk copy) {}

  private final World world;
  private final Dice dice;
  private final Map<String, SimulatedNode> nodes = new TreeMap<>();
  private final Set<String> empty = new HashSet<>();
  private final Set<String> alone = new HashSet<>();
  private Consumer<SimulatedNode> onStart = node -> {};
  private final Set<Replica> replicas = new HashSet<>();
  private final Map<String, Long> least = new HashMap<>();
  private final Map<String, Backup> backups = new HashMap<>();
  private final Map<String, SimulatedDisk> restored = new HashMap<>();
  private long clockSetBackMillis;
  private boolean dataRaised;

  Simulation(long seed, SimulationOptions options) {
    this(seed, options, false);
  }

  /**
   * @param traced whether to keep a trace
   */
  Simulation(long seed, SimulationOptions options, boolean traced) {
    this(seed, options, traced, new Observers());
  }

  Simulation(long seed, SimulationOptions options, boolean traced, Observers observers) {
    this.dice = new Dice(seed);
    Schedule schedule = new Schedule();
    Tally tally = new Tally();
    this.world =
        new World(
            schedule,
            new SimulatedNetwork(schedule, dice.split(), tally),
            observers,
            new Trace(schedule, traced),
            tally,
            options,
            new ArrayList<>(),
            new EndedGenerations());
    observers.giveUp(world.ended()::isGivenUp);
  }

  World world() {
    return world;
  }

  /** A node without data starts: a new generation of its name. */
  SimulatedNode startNew(String name) {
    long earlier = Math.max(0, least.getOrDefault(name, 0L) - 1);
    Replica fresh = new Replica(name, now().generationAfter(earlier));
    return start(new SimulatedDisk(unique(fresh), world));
  }

  /**
   * A node that crashed starts again with what is in its directory; with nothing if that is gone.
   */
  SimulatedNode restart(String name) {
    if (restored.containsKey(name)) {
      return restore(restored.remove(name));
    }
    SimulatedDisk disk = node(name).disk();
    if (!empty.contains(name) && !canBeOpened(disk)) {
      replaceDirectory(name);
    }
    return empty.remove(name) ? startNew(name) : start(disk);
  }

  /** Observers that judge cannot follow writes whose names change. */
  private boolean canBeOpened(SimulatedDisk disk) {
    return world.observers().areBlind() || !disk.isRenounced() || disk.canBeInherited();
  }

  /** The same data as a new generation's. */
  private SimulatedDisk heir(SimulatedDisk disk) {
    NextStart.Rename start = (NextStart.Rename) disk.nextStart(now());
    Replica old = disk.self();
    Replica fresh = unique(start.fresh());
    world.observers().disks().inherited(old.toString(), fresh.toString());
    world.tally().count("new generations that kept their data");
    return disk.heir(fresh, start);
  }

  /** No two starts may take the same generation: its dots would name two writes. */
  private Replica unique(Replica fresh) {
    if (!replicas.add(fresh)) {
      throw new Verdict("unique-generations", fresh + " was a generation before");
    }
    return fresh;
  }

  private StartMoment now() {
    return new StartMoment(clock(), dice.generator().nextLong());
  }

  /** A node that crashed starts again with what its directory held when the copy was made. */
  SimulatedNode restore(SimulatedDisk copy) {
    if (node(copy.self().name()).isRunning()) {
      crash(copy.self().name());
    }
    return start(copy.copy());
  }

  /** Is told of every node before it does anything. */
  void onStart(Consumer<SimulatedNode> consumer) {
    onStart = consumer;
  }

  /** A second node starts under a name, on a copy of a directory. */
  SimulatedNode startTwin(SimulatedDisk found) {
    SimulatedDisk disk = found.isRenounced() ? heir(found) : found.copy();
    SimulatedNode[] twin = new SimulatedNode[1];
    twin[0] =
        new SimulatedNode(world, disk, clock(), dice.split(), (what, cause) -> twin[0].crash());
    twin[0].start(running().size());
    return twin[0];
  }

  /** A second node starts under a name, without data, at this very moment. */
  SimulatedNode startNamesake(String name) {
    return startTwin(new SimulatedDisk(unique(new Replica(name, now().generationAfter(0))), world));
  }

  void crash(String name) {
    node(name).crash();
    if (world.options().durability() == Durability.MEMORY) {
      replaceDirectory(name);
    }
  }

  /** The data of a node that crashed is gone: when it starts again, it has an empty directory. */
  void replaceDirectory(String name) {
    empty.add(name);
    world.observers().disks().lost(node(name).self().toString());
    world.ended().lost(node(name).self());
    world.tally().count("directories replaced by empty ones");
  }

  /** The power of a node that crashed was lost, too. */
  void losePower(String name) {
    SimulatedNode node = node(name);
    long lost = node.disk().losePower();
    world.observers().forgetting().lostPower(node.self().toString());
    world.tally().add("own writes lost with the power", lost);
    if (!canBeOpened(node.disk())) {
      replaceDirectory(name);
    }
  }

  /** One node is told to forget another. Until it says that it did not, that may be in effect. */
  void forget(String name, String by) {
    world.tally().count(Tally.FORGOTTEN);
    node(by)
        .forget(
            name,
            outcome -> {
              if (outcome instanceof ForgetOutcome.Forgotten) {
                world.tally().count("orders to forget carried out");
              } else {
                world.tally().add(Tally.FORGOTTEN, -1);
                world.tally().count("orders to forget refused");
              }
            });
  }

  /** Copies the directory of the node, in place of an earlier copy. */
  void backUp(SimulatedNode node) {
    node.disk().backup().ifPresent(c -> backups.put(node.name(), new Backup(node.disk(), c)));
  }

  /** Whether there is a copy of this very directory. */
  boolean hasBackup(SimulatedNode node) {
    Backup backup = backups.get(node.name());
    return backup != null && backup.original() == node.disk() && !node.disk().hasLostPower();
  }

  /** The directory of a node that crashed is replaced by the copy, which knows that it is one. */
  void restoreBackup(SimulatedNode node) {
    SimulatedDisk copy = backups.get(node.name()).copy();
    world
        .observers()
        .disks()
        .cut(node.self().toString(), world.ended().counts(node.self().toString(), copy.applied()));
    restored.put(node.name(), copy);
  }

  /** The node says that its live peers have its writes up to this one: it must be so. */
  private void judgePushed(SimulatedNode node, long sequence) {
    world.tally().count("stops that found everything pushed");
    node.peers().peers().stream()
        .filter(peer -> !peer.silent())
        .map(this::stillRunning)
        .flatMap(Optional::stream)
        .forEach(peer -> world.observers().disks().pushed(node.self().toString(), peer, sequence));
  }

  /** Tells a node to stop in order. When that is over, the process has ended. */
  void stop(SimulatedNode node, Runnable stopped) {
    node.stop(
        () -> {
          if (world.options().durability() == Durability.MEMORY) {
            replaceDirectory(node.name());
          }
          stopped.run();
        });
  }

  /**
   * The replica of that session, unless the session is over. The session alone does not tell: an
   * emptied directory and a clock set back can give the same one again.
   */
  private Optional<String> stillRunning(PeerView peer) {
    return Optional.ofNullable(nodes.get(peer.replica().name()))
        .filter(SimulatedNode::isRunning)
        .filter(node -> node.self().equals(peer.replica()) && node.session() == peer.session())
        .map(node -> node.self().toString());
  }

  /** From now on the wall clock is behind by so much more. */
  void setClockBack(long millis) {
    clockSetBackMillis += millis;
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
    write(name, new Put(key, Value.text(value)));
  }

  void delete(String name, String key) {
    write(name, new Mutation.Delete(key));
  }

  /** Lets time pass until the write is done. */
  private void write(String name, Mutation mutation) {
    AtomicBoolean done = new AtomicBoolean();
    node(name).write(mutation, () -> done.set(true));
    if (!schedule().runUntil(done::get, MOST_WRITE_MILLIS)) {
      throw new AssertionError(name + " has not written within " + MOST_WRITE_MILLIS + " ms");
    }
  }

  void faults(LinkFaultRule... rules) {
    network().setFaults(List.of(rules));
  }

  /** Nobody hears the node, nor it anybody, and it is a cluster of its own when it starts. */
  void isolate(String name) {
    isolate(name, List.of());
  }

  /** The same for several, each for itself. */
  void isolate(String name, List<String> others) {
    List<LinkFaultRule> cuts = new ArrayList<>();
    for (String each : Stream.concat(Stream.of(name), others.stream()).toList()) {
      alone.add(each);
      cuts.add(Faults.cutFrom(each));
      cuts.add(Faults.cutTo(each));
    }
    network().setFaults(cuts);
  }

  void heal() {
    alone.clear();
    network().setFaults(List.of());
  }

  Schedule schedule() {
    return world.schedule();
  }

  SimulatedNetwork network() {
    return world.network();
  }

  /** Lets time pass until all running nodes hold the same; fails with what they hold if not. */
  void converge(long boundMillis) {
    if (!schedule().runUntil(this::isConverged, boundMillis)) {
      throw new AssertionError("no convergence within " + boundMillis + " ms:\n" + describe());
    }
  }

  boolean isConverged() {
    List<SimulatedNode> running = running();
    SimulatedNode first = running.get(0);
    return running.stream()
        .allMatch(node -> node.isIdle() && node.disk().applied().equals(first.disk().applied()));
  }

  /** Whether the members that each running node knows are the running nodes. */
  boolean knowsItself() {
    Set<Replica> members = running().stream().map(SimulatedNode::self).collect(Collectors.toSet());
    return running().stream().allMatch(node -> node.peers().roster().members().equals(members));
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
          .append(node.blocked(3).stream().map(b -> b.write().dot() + "<-" + b.waitsFor()).toList())
          .append(", tombstones ")
          .append(node.status().tombstones())
          .append(", members ")
          .append(node.peers().roster())
          .append(", waiting for ")
          .append(node.peers().waitingFor())
          .append(", peers ")
          .append(node.peers().peers())
          .append('\n');
    }
    return text.toString();
  }

  /**
   * Somebody gives the nodes that lack room for their data more of it, and starts them again.
   *
   * @return whether there was such a node
   */
  boolean giveRoom() {
    dataRaised = true;
    List<String> full =
        running().stream().filter(SimulatedNode::lacksRoom).map(SimulatedNode::name).toList();
    for (String name : full) {
      world.tally().count("nodes started again with more room for data");
      crash(name);
      restart(name);
    }
    return !full.isEmpty();
  }

  private SimulatedNode start(SimulatedDisk found) {
    giveRoom(found);
    SimulatedDisk disk = found.isRenounced() ? heir(found) : found;
    World limits = dataRaised ? world.withRoom() : world;
    String name = disk.self().name();
    SimulatedNode node =
        new SimulatedNode(
            limits, disk, clock(), dice.split(), (what, cause) -> failed(node(name), what, cause));
    nodes.put(name, node);
    node.process().onFailure((what, cause) -> failed(node, what, cause));
    node.onPushed(sequence -> judgePushed(node, sequence));
    onStart.accept(node);
    node.start(alone.contains(node.name()) ? 0 : running().size() - 1);
    return node;
  }

  /** Whoever starts a node again has made room on its disk, or has not. */
  private void giveRoom(SimulatedDisk disk) {
    if (disk.isFull()) {
      boolean room = dice.chance(0.5);
      world.tally().count(room ? "starts after room was made" : "starts on a full disk");
      if (room) {
        disk.makeRoom();
      }
    }
  }

  /** The node cannot go on: it ends at once, and is started again unless that is useless. */
  private void failed(SimulatedNode node, String what, Throwable cause) {
    if (cause instanceof ExpelledException) {
      stopAsExpelled(node);
      return;
    }
    if (cause instanceof RenouncedException renounced) {
      least.merge(node.name(), renounced.least(), Math::max);
      world.tally().count(renounced.least() > 0 ? "generations that had ended" : "renounced");
      crash(node.name());
      startAgain(node);
      return;
    }
    if (cause instanceof GivenUpException) {
      world.tally().count("data that holds what the cluster has given up");
      crash(node.name());
      if (!empty.contains(node.name())) {
        replaceDirectory(node.name());
      }
      startAgain(node);
      return;
    }
    if (node.disk().isForked()) {
      world.tally().count("forked");
      crash(node.name());
      return;
    }
    if (!node.storageFaults().haveStruck() || !isOfStorage(cause)) {
      throw new Verdict("fail-stop", node.self() + " stops, as " + what + " failed: " + cause);
    }
    world.tally().count("nodes stopped: " + NUMBER.matcher(what).replaceAll(""));
    world.trace().say(node.self().toString(), "stops:", what, "-", cause.getMessage());
    crash(node.name());
    startAgain(node);
  }

  private static boolean isOfStorage(Throwable cause) {
    return cause instanceof StorageException
        || (cause.getCause() != null && isOfStorage(cause.getCause()));
  }

  private void stopAsExpelled(SimulatedNode node) {
    crash(node.name());
    if (!canBeOpened(node.disk())) {
      replaceDirectory(node.name());
    }
    startAgain(node);
  }

  private void startAgain(SimulatedNode node) {
    schedule()
        .after(
            SUPERVISOR_MILLIS,
            () -> {
              if (node(node.name()) == node) {
                restart(node.name());
              }
            });
  }

  /** The wall clock of all nodes, in milliseconds. */
  private long clock() {
    return START_WALL_MILLIS + schedule().nowMillis() - clockSetBackMillis;
  }
}
