package io.causa.scenario;

/**
 * How scenarios are shown.
 *
 * @param width the widest line, in columns, from {@value #LEAST_WIDTH} to {@value #MOST_WIDTH}
 * @param colour whether the terminal's codes for colours are printed
 * @param absoluteClocks whether writes are counted as the nodes count them, instead of from the
 *     start of each scenario
 */
public record Look(int width, boolean colour, boolean absoluteClocks) {
  public static final int LEAST_WIDTH = 60;
  public static final int USUAL_WIDTH = 80;

  /** Longer lines of text are hard to read. */
  public static final int MOST_WIDTH = 120;

  /** Plain text of the usual width. */
  public static final Look PLAIN = new Look(USUAL_WIDTH, false, false);

  public Look {
    width = Math.max(LEAST_WIDTH, Math.min(width, MOST_WIDTH));
  }
}
