package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.membership.RetireOutcome;
import io.causa.replication.link.LinkFaultRule;
import io.causa.replication.message.Channel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lets happen to the cluster whatever the plan allows, until it is told to stop. */
final class Adversary {

  private static final List<Channel> CHANNELS = List.of(Channel.values());
  private static final List<Long> PAUSES_MILLIS = List.of(150L, 600L, 1500L);
  private static final double DAMAGED_MESSAGES = 0.1;
  private static final long MOST_LINK_FAULT_MILLIS = 12_000;
  private static final List<Long> DOWN_MILLIS = List.of(50L, 800L, 6_000L);

  private static final long MOST_STOP_PATIENCE_MILLIS = 3000;

  private final Simulation simulation;
  private final Plan plan;
  private final Dice dice;
  private final List<String> names;
  private final List<LinkFaultRule> lasting = new ArrayList<>();
  private final List<List<LinkFaultRule>> passing = new ArrayList<>();
  private final List<Fault> faults;
  private final long mostPauseMillis;
  private final long mostDownMillis;
  private final StorageFaultSource storages;
  private boolean active = true;

  Adversary(Simulation simulation, Plan plan, List<String> names, Dice dice) {
    this.simulation = simulation;
    this.plan = plan;
    this.names = names;
    this.dice = dice;
    this.faults =
        plan.faults().stream().filter(fault -> fault != Fault.EARLIER_VERSIONS).sorted().toList();
    this.mostPauseMillis = dice.pick(PAUSES_MILLIS);
    this.mostDownMillis = dice.pick(DOWN_MILLIS);
    this.storages = new StorageFaultSource(simulation, plan, dice.split());
  }

  void begin() {
    double loss = plan.has(Fault.LOSS) ? dice.below(30) / 100.0 : 0;
    double duplication = plan.has(Fault.DUPLICATION) ? dice.below(30) / 100.0 : 0;
    boolean reordering = plan.has(Fault.REORDERING);
    double reorder = reordering ? dice.below(40) / 100.0 : 0;
    long jitterMillis = reordering ? dice.between(1, 60) : 0;
    lasting.add(Faults.chaos(loss, duplication, reorder, jitterMillis));
    applyRules();
    simulation.network().damage(plan.has(Fault.DAMAGE) ? DAMAGED_MESSAGES : 0);
    if (!faults.isEmpty()) {
      later();
    }
  }

  /** All faults end: links heal, every node runs. Lost registrations are for the nodes to renew. */
  void end() {
    active = false;
    lasting.clear();
    passing.clear();
    simulation.heal();
    simulation.network().damage(0);
    storages.end();
    for (String name : names) {
      simulation.node(name).process().goOn();
      if (!simulation.node(name).isRunning()) {
        restart(name);
      }
    }
  }

  private void later() {
    simulation
        .schedule()
        .after(
            dice.between(10, mostPauseMillis),
            () -> {
              if (active) {
                strike(dice.pick(faults));
                later();
              }
            });
  }

  private void strike(Fault fault) {
    switch (fault) {
      case SLOW_LINKS -> passes(fault, List.of(Faults.slow(any(), any(), dice.between(20, 1500))));
      case PARTITIONS -> passes(fault, partition());
      case ONE_WAY -> passes(fault, List.of(oneWay()));
      case HOLDS -> passes(fault, List.of(hold()));
      case DEAFNESS -> deafen();
      case CRASHES, LOST_DIRECTORIES, POWER_LOSS -> crash(fault);
      case STALLS -> stall();
      case FORGETTING -> forget();
      case CLOCK_BACK -> setClockBack();
      case SHUTDOWNS -> shutDown();
      case RESTORES -> backUpOrRestore();
      case RETIRING -> retire();
      case FAILED_WRITES, FAILED_READS, FULL_DISKS -> failStorage(fault);
      default -> {}
    }
  }

  private void passes(Fault fault, List<LinkFaultRule> rules) {
    injected(fault, rules);
    passing.add(rules);
    applyRules();
    simulation
        .schedule()
        .after(
            dice.between(50, MOST_LINK_FAULT_MILLIS),
            () -> {
              if (passing.remove(rules)) {
                say("ends", rules);
                applyRules();
              }
            });
  }

  private void applyRules() {
    List<LinkFaultRule> all = new ArrayList<>(lasting);
    passing.forEach(all::addAll);
    simulation.network().setFaults(all);
  }

  private List<LinkFaultRule> partition() {
    List<LinkFaultRule> cuts = new ArrayList<>();
    List<String> island = names.stream().filter(name -> dice.chance(0.5)).toList();
    for (String inside : island) {
      for (String outside : names) {
        if (!island.contains(outside)) {
          cuts.add(Faults.cut(inside, outside));
          cuts.add(Faults.cut(outside, inside));
        }
      }
    }
    return cuts;
  }

  private LinkFaultRule oneWay() {
    return switch (dice.below(3)) {
      case 0 -> Faults.cutFrom(any());
      case 1 -> Faults.cutTo(any());
      default -> Faults.cut(any(), any());
    };
  }

  private LinkFaultRule hold() {
    return dice.chance(0.5) ? Faults.hold(any(), any()) : Faults.holdOrigin(any(), any());
  }

  /** Until the node itself notices. */
  private void deafen() {
    String name = any();
    Set<Channel> channels =
        dice.chance(0.4) ? EnumSet.allOf(Channel.class) : Set.of(dice.pick(CHANNELS));
    injected(Fault.DEAFNESS, name, channels);
    simulation.network().deafen(name, channels);
  }

  private void crash(Fault fault) {
    SimulatedNode node = simulation.node(any());
    boolean possible =
        fault != Fault.POWER_LOSS
            || simulation.world().options().durability() == Durability.BUFFERED;
    if (possible && dice.chance(0.5)) {
      node.duringNextCommit(() -> crash(node, fault));
    } else if (possible) {
      crash(node, fault);
    }
  }

  private void crash(SimulatedNode node, Fault fault) {
    if (!active || !node.isRunning()) {
      return;
    }
    injected(fault, node.self());
    simulation.crash(node.name());
    if (fault == Fault.POWER_LOSS) {
      simulation.losePower(node.name());
    }
    boolean lost = fault == Fault.LOST_DIRECTORIES;
    if (lost && simulation.world().options().durability() != Durability.MEMORY) {
      simulation.replaceDirectory(node.name());
    }
    simulation.schedule().after(dice.between(0, mostDownMillis), () -> restartUnlessUp(node));
  }

  private void restartUnlessUp(SimulatedNode crashed) {
    if (active && simulation.node(crashed.name()) == crashed) {
      restart(crashed.name());
    }
  }

  private void restart(String name) {
    simulation.restart(name);
  }

  /** Down for longer than it takes to count as silent; then some other node forgets it. */
  private void forget() {
    SimulatedNode gone = simulation.node(any());
    if (!gone.isRunning()) {
      return;
    }
    injected(Fault.FORGETTING, gone.self());
    simulation.crash(gone.name());
    if (dice.chance(0.3) && simulation.world().options().durability() != Durability.MEMORY) {
      simulation.replaceDirectory(gone.name());
    }
    long silentMillis = simulation.world().options().replication().silentAfterMillis();
    simulation.schedule().after(silentMillis + 100, () -> orderToForget(gone.name()));
    simulation.schedule().after(silentMillis + dice.between(50, 3000), () -> restartUnlessUp(gone));
  }

  private void orderToForget(String name) {
    SimulatedNode other = simulation.node(any());
    if (active && other.isRunning()) {
      simulation.forget(name, other.name());
      say("told to forget " + name, other.self());
    }
  }

  private void retire() {
    SimulatedNode node = simulation.node(any());
    List<Replica> former = node.isRunning() ? node.formerGenerations() : List.of();
    if (!former.isEmpty()) {
      Replica one = dice.pick(former);
      injected(Fault.RETIRING, node.self(), one);
      node.retire(one, outcome -> simulation.world().tally().count("retiring: " + word(outcome)));
    }
  }

  private static String word(RetireOutcome outcome) {
    return outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private void stall() {
    SimulatedNode node = simulation.node(any());
    if (node.isRunning()) {
      long millis = dice.between(10, 8000);
      injected(Fault.STALLS, node.self(), millis);
      node.process().stop(millis);
    }
  }

  /** Some stops are cut short, as by an impatient supervisor. */
  private void shutDown() {
    SimulatedNode node = simulation.node(any());
    if (node.isRunning() && !node.isStopping()) {
      injected(Fault.SHUTDOWNS, node.self());
      simulation.stop(node, () -> restartLater(node));
      if (dice.chance(0.2)) {
        long patienceMillis = dice.between(0, MOST_STOP_PATIENCE_MILLIS);
        simulation.schedule().after(patienceMillis, () -> cutShort(node));
      }
    }
  }

  private void restartLater(SimulatedNode stopped) {
    if (active) {
      long downMillis = dice.between(0, mostDownMillis);
      simulation.schedule().after(downMillis, () -> restartUnlessUp(stopped));
    } else {
      restart(stopped.name());
    }
  }

  private void cutShort(SimulatedNode node) {
    if (active && node.isRunning()) {
      simulation.world().tally().count("stops cut short");
      simulation.crash(node.name());
      restartLater(node);
    }
  }

  private void backUpOrRestore() {
    SimulatedNode node = simulation.node(any());
    if (simulation.world().options().durability() == Durability.MEMORY || !node.isRunning()) {
      return;
    }
    if (dice.chance(0.5)) {
      simulation.backUp(node);
    } else if (simulation.hasBackup(node)) {
      injected(Fault.RESTORES, node.self());
      simulation.crash(node.name());
      simulation.restoreBackup(node);
      simulation.schedule().after(dice.between(0, mostDownMillis), () -> restartUnlessUp(node));
    }
  }

  private void failStorage(Fault fault) {
    SimulatedNode node = simulation.node(any());
    if (storages.isPossible() && node.isRunning()) {
      injected(fault, node.self(), storages.strike(fault, node));
    }
  }

  private void setClockBack() {
    long millis = dice.between(1, 20_000);
    injected(Fault.CLOCK_BACK, millis);
    simulation.setClockBack(millis);
  }

  private void injected(Fault fault, Object... details) {
    simulation.world().tally().count("fault " + fault.option());
    say(fault.option(), List.of(details));
  }

  private void say(String what, Object details) {
    simulation.world().trace().say("world", what, details);
  }

  private String any() {
    return dice.pick(names);
  }
}
