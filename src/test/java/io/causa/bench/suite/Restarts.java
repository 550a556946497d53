package io.causa.bench.suite;

import java.util.List;

/** How long a node takes to be ready again with 1,000,000 keys: {@code bin/bench restart}. */
final class Restarts implements Benchmark {

  private static final double MILLIS = 1000;
  private static final int RUNS = 3;
  private static final int KEYS = 1_000_000;

  @Override
  public String name() {
    return "restart";
  }

  @Override
  public List<String> targets() {
    return List.of("restart");
  }

  @Override
  public void run(Lab lab, Findings findings) {
    String output = Script.run(lab, "restart", Integer.toString(KEYS), Integer.toString(RUNS));
    List<Double> millis = ScriptTable.row(output, "from `bin/causa node` to ready");
    Spread all = new Spread(millis.get(0), millis.get(1), millis.get(2));
    findings.reach("restart", all.times(1 / MILLIS));
    double data = ScriptTable.row(output, "… the data is read into memory").get(0);
    findings.remark("Of a restart, reading the data takes " + Spread.text(data / MILLIS) + " s.");
  }
}
