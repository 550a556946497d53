package io.causa.bench.suite;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * What several rounds have given.
 *
 * @param median the one in the middle; of an even number, the mean of the two in the middle
 */
record Spread(double median, double least, double most) {

  /**
   * @throws IllegalArgumentException if there are no figures
   */
  static Spread of(List<Double> figures) {
    if (figures.isEmpty()) {
      throw new IllegalArgumentException("there is no median of nothing");
    }
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int half = sorted.length / 2;
    double median = sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  static Spread of(double... figures) {
    return of(Arrays.stream(figures).boxed().toList());
  }

  /**
   * Returns the ratio of the medians, with the least and the most of the ratios of the rounds.
   *
   * @param ours by rounds
   * @param theirs by the same rounds
   */
  static Spread ratio(List<Double> ours, List<Double> theirs) {
    if (ours.size() != theirs.size()) {
      throw new IllegalArgumentException(
          "%d rounds of the one, %d of the other".formatted(ours.size(), theirs.size()));
    }
    Spread rounds =
        of(IntStream.range(0, ours.size()).mapToObj(i -> ours.get(i) / theirs.get(i)).toList());
    double ratio = of(ours).median() / of(theirs).median();
    return new Spread(ratio, Math.min(ratio, rounds.least()), Math.max(ratio, rounds.most()));
  }

  Spread times(double factor) {
    return new Spread(median * factor, least * factor, most * factor);
  }

  /** Returns the figure as people read it: three digits that count, or all of a large one. */
  static String text(double figure) {
    double size = Math.abs(figure);
    String format = size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, figure);
  }

  /** Returns the median, and the least and the most if they differ from it. */
  @Override
  public String toString() {
    String middle = text(median);
    return least == most ? middle : "%s (%s to %s)".formatted(middle, text(least), text(most));
  }
}
