package io.causa.bench.suite;

/**
 * How long a run measures.
 *
 * @param rounds how often each system has its turn
 * @param windowSeconds how long a turn lasts
 * @param warmUpSeconds after how long a warm-up ends even if the rate is not steady
 * @param warmUpWindowSeconds the windows whose rates a warm-up compares
 */
record Plan(int rounds, int windowSeconds, int warmUpSeconds, int warmUpWindowSeconds) {

  /** Some 20 minutes for all. */
  static final Plan FULL = new Plan(3, 5, 60, 4);

  /** Less than three minutes; ratios are rough. */
  static final Plan QUICK = new Plan(2, 2, 6, 2);
}
