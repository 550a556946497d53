package io.causa.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a failing plan smaller for as long as it breaks the same promise. */
final class Shrinker {

  private static final int MOST_RUNS = 200;

  private final String rule;
  private int runs;

  private Shrinker(String rule) {
    this.rule = rule;
  }

  /** The smallest plan found, the given one if none is smaller. */
  static Plan shrink(Plan failing, String rule) {
    Shrinker shrinker = new Shrinker(rule);
    Plan smallest = failing;
    Optional<Plan> smaller = Optional.of(failing);
    while (smaller.isPresent()) {
      smallest = smaller.get();
      smaller = shrinker.firstFailing(candidates(smallest));
    }
    return smallest;
  }

  private Optional<Plan> firstFailing(List<Plan> candidates) {
    return candidates.stream().filter(this::fails).findFirst();
  }

  private boolean fails(Plan plan) {
    return runs++ < MOST_RUNS
        && Run.play(plan, false).failure().filter(f -> f.rule().equals(rule)).isPresent();
  }

  private static List<Plan> candidates(Plan plan) {
    List<Plan> smaller = new ArrayList<>();
    if (plan.nodes() > 2) {
      smaller.add(plan.withNodes(plan.nodes() - 1));
    }
    plan.faults().stream().sorted().forEach(fault -> smaller.add(plan.without(fault)));
    if (plan.operations() > 5) {
      smaller.add(plan.withOperations(plan.operations() / 2));
      smaller.add(plan.withOperations(plan.operations() * 9 / 10));
    }
    if (plan.clients() > 1) {
      smaller.add(plan.withClients(1));
      smaller.add(plan.withClients(plan.clients() - 1));
    }
    return smaller;
  }
}
