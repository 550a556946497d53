package io.causa.bench.suite;

import java.util.Arrays;
import java.util.List;

/** The Markdown table that one of the scripts in src/test/bench prints. */
final class ScriptTable {

  private ScriptTable() {}

  /**
   * Returns the figures of the row with that name.
   *
   * @param output what the script printed
   * @param name what its first cell starts with
   * @throws BenchException if there is no such row
   */
  static List<Double> row(String output, String name) {
    String line =
        output
            .lines()
            .filter(each -> each.startsWith("| " + name))
            .findFirst()
            .orElseThrow(() -> new BenchException("no row \"" + name + "\" in: " + output));
    return Arrays.stream(line.split("\\|"))
        .skip(2)
        .flatMap(cell -> Arrays.stream(cell.split(",")))
        .map(cell -> Double.parseDouble(cell.strip()))
        .toList();
  }
}
