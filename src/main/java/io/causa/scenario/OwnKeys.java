package io.causa.scenario;

/**
 * The keys of one play of a scenario: what its file calls {@code a} is {@code <scenario>-<play>/a}
 * in the cluster. So nothing that others or earlier plays left behind is taken for its own.
 *
 * @param prefix what they begin with
 */
record OwnKeys(String prefix) {
  /**
   * @param play tells this play of the scenario from all others
   */
  static OwnKeys of(Scenario scenario, String play) {
    return new OwnKeys(scenario.name() + "-" + play + "/");
  }

  /** The same scenario with its keys as they are in the cluster. */
  Scenario rename(Scenario scenario) {
    return new Scenario(
        scenario.name(),
        scenario.title(),
        scenario.story(),
        scenario.order(),
        scenario.nodes(),
        scenario.steps().stream().map(step -> step.withKeys(prefix::concat)).toList());
  }

  boolean isOwn(String key) {
    return key.startsWith(prefix);
  }
}
