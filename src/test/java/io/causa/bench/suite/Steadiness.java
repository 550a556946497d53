package io.causa.bench.suite;

import java.util.List;

/** The rule that ends a warm-up: the last windows have about the same rate. */
final class Steadiness {

  /** How many windows in a row must agree. */
  static final int WINDOWS = 3;

  /** How far the lowest of them may be below the highest, as a share of the highest. */
  static final double TOLERANCE = 0.05;

  private Steadiness() {}

  /**
   * @param rates of all windows so far, in their order
   */
  static boolean reached(List<Double> rates) {
    if (rates.size() < WINDOWS) {
      return false;
    }
    Spread last = Spread.of(rates.subList(rates.size() - WINDOWS, rates.size()));
    return last.most() > 0 && (last.most() - last.least()) / last.most() <= TOLERANCE;
  }
}
