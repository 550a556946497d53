package io.causa.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What determines a run completely.
 *
 * @param seed of all randomness
 * @param nodes how many nodes
 * @param clients how many clients at a time
 * @param operations how many requests they make together
 * @param faults what may happen
 */
record Plan(long seed, int nodes, int clients, int operations, Set<Fault> faults) {

  Plan {
    faults = Set.copyOf(faults);
  }

  /** The run that the seed means when nothing else is said. */
  static Plan of(long seed) {
    Dice dice = new Dice(seed);
    int nodes = 2 + dice.below(4);
    int clients = 1 + dice.below(8);
    int operations = 20 + dice.below(dice.chance(0.2) ? 1500 : 300);
    Set<Fault> faults = EnumSet.noneOf(Fault.class);
    for (Fault fault : Fault.values()) {
      if (dice.chance(0.4)) {
        faults.add(fault);
      }
    }
    return new Plan(seed, nodes, clients, operations, faults);
  }

  Plan withNodes(int number) {
    return new Plan(seed, number, clients, operations, faults);
  }

  Plan withClients(int number) {
    return new Plan(seed, nodes, number, operations, faults);
  }

  Plan withOperations(int number) {
    return new Plan(seed, nodes, clients, number, faults);
  }

  Plan withFaults(Set<Fault> some) {
    return new Plan(seed, nodes, clients, operations, some);
  }

  Plan without(Fault fault) {
    return withFaults(faults.stream().filter(other -> other != fault).collect(Collectors.toSet()));
  }

  boolean has(Fault fault) {
    return faults.contains(fault);
  }

  /** The command that plays this run again, and shows every step. */
  String command() {
    String some = faults.stream().sorted().map(Fault::option).collect(Collectors.joining(","));
    return "bin/simulate --seed %d --nodes %d --clients %d --operations %d --faults %s --trace"
        .formatted(seed, nodes, clients, operations, some.isEmpty() ? "none" : some);
  }
}
