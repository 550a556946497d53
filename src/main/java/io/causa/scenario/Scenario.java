package io.causa.scenario;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One scenario.
 *
 * @param name the file's name without its ending
 * @param title what is shown, in one line
 * @param story what happens and why, for people who see it for the first time
 * @param order its place when a directory of scenarios is played, the lowest first
 * @param nodes how many nodes the cluster needs at least
 */
public record Scenario(
    String name, String title, String story, int order, int nodes, List<Step> steps) {
  public Scenario {
    steps = List.copyOf(steps);
  }

  /** Whether the nodes must have been started so that faults may be set. */
  boolean needsFaults() {
    return allSteps().anyMatch(Scenario::setsFaults);
  }

  /** Whether nodes are stopped and started. */
  boolean needsControl() {
    return allSteps().anyMatch(step -> step instanceof Step.Control);
  }

  /** All keys that it touches. */
  Set<String> keys() {
    Set<String> keys = new LinkedHashSet<>();
    allSteps().forEach(step -> keys.addAll(step.keys()));
    return keys;
  }

  private static boolean setsFaults(Step step) {
    return step instanceof Step.Faults
        || step instanceof Step.AddFault
        || step instanceof Step.Release
        || step instanceof Step.Partition;
  }

  private Stream<Step> allSteps() {
    return steps.stream().flatMap(Scenario::withInner);
  }

  private static Stream<Step> withInner(Step step) {
    return Stream.concat(Stream.of(step), step.inner().stream().flatMap(Scenario::withInner));
  }
}
