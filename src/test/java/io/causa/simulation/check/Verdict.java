package io.causa.simulation.check;

/** Thrown by whatever sees a promise broken: the run ends there, where the trace shows why. */
public final class Verdict extends AssertionError {
  private static final long serialVersionUID = 1;

  private final String rule;

  /**
   * @param rule the promise, a short name
   * @param text what is wrong, with both values
   */
  public Verdict(String rule, String text) {
    super(rule + ": " + text);
    this.rule = rule;
  }

  public String rule() {
    return rule;
  }
}
