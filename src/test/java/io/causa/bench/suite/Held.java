package io.causa.bench.suite;

import io.causa.bench.suite.Findings.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a write costs the causal buffer with few and with many held: {@code bin/bench buffer}. */
final class Held implements Benchmark {

  private static final Pattern ROW =
      Pattern.compile("(?m)^(\\S.*?) {2,}([\\d.]+) +([\\d.]+) +([\\d.]+)$");

  @Override
  public String name() {
    return "buffer";
  }

  @Override
  public List<String> targets() {
    return List.of("buffer");
  }

  /** The target is judged by the kind of work that grows most. */
  @Override
  public void run(Lab lab, Findings findings) {
    List<List<String>> rows = rows(Script.run(lab, "buffer", "--brief"));
    findings.reach(
        "buffer",
        Spread.of(
            rows.stream().mapToDouble(row -> Double.parseDouble(row.get(3))).max().orElse(0)));
    findings.add(
        new Table(
            "The causal buffer, ns a write",
            List.of("", "1,000 held", "1,000,000 held", "ratio"),
            rows));
  }

  /**
   * Returns the table in what the program printed.
   *
   * @throws BenchException if there is none
   */
  static List<List<String>> rows(String output) {
    List<List<String>> rows = new ArrayList<>();
    Matcher row = ROW.matcher(output);
    while (row.find()) {
      rows.add(List.of(row.group(1), row.group(2), row.group(3), row.group(4)));
    }
    if (rows.isEmpty()) {
      throw new BenchException("the benchmark of the buffer printed no table: " + output);
    }
    return rows;
  }
}
