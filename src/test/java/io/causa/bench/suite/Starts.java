package io.causa.bench.suite;

import java.util.List;

/** How long three nodes take from the command to being ready: {@code bin/bench start}. */
final class Starts implements Benchmark {

  private static final double MILLIS = 1000;
  private static final int RUNS = 3;

  @Override
  public String name() {
    return "start";
  }

  @Override
  public List<String> targets() {
    return List.of("start");
  }

  @Override
  public void run(Lab lab, Findings findings) {
    String output = Script.run(lab, "start", Integer.toString(RUNS));
    double median = ScriptTable.row(output, "median of").get(0);
    List<Double> ends = ScriptTable.row(output, "least, most");
    findings.reach("start", new Spread(median, ends.get(0), ends.get(1)).times(1 / MILLIS));
  }
}
