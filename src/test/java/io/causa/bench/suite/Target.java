package io.causa.bench.suite;

/**
 * A figure that Causa wants to reach.
 *
 * @param id by which a benchmark names it
 * @param what is measured, for people
 * @param reference what the figure is a multiple of; empty if it has a unit of its own
 * @param unit of the figure, as it stands behind it: {@code ×}, {@code ms}
 * @param sense which side of the bound is good
 * @param must the bound that has to be reached
 * @param want the bound that is wanted; NaN if there is only one
 * @param benchmark the name of the benchmark that measures it
 */
record Target(
    String id,
    String what,
    String reference,
    String unit,
    Sense sense,
    double must,
    double want,
    String benchmark) {

  /** Which figures are good. */
  enum Sense {
    AT_LEAST("≥"),
    AT_MOST("≤");

    private final String sign;

    Sense(String sign) {
      this.sign = sign;
    }

    boolean holds(double figure, double bound) {
      return this == AT_LEAST ? figure >= bound : figure <= bound;
    }
  }

  /** What became of a target. */
  enum Verdict {
    WANTED("as wanted"),
    REACHED("reached"),
    MISSED("**missed**");

    private final String text;

    Verdict(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /** Returns what the figure is worth; one that is no number has missed. */
  Verdict verdict(double figure) {
    if (!Double.isNaN(want) && sense.holds(figure, want)) {
      return Verdict.WANTED;
    }
    if (!sense.holds(figure, must)) {
      return Verdict.MISSED;
    }
    return Double.isNaN(want) ? Verdict.WANTED : Verdict.REACHED;
  }

  /** Returns a bound as people read it. */
  String bound(double bound) {
    return Double.isNaN(bound) ? "" : sense.sign + " " + plain(bound) + " " + unit;
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? "%.0f".formatted(bound) : "%.2f".formatted(bound);
  }
}
