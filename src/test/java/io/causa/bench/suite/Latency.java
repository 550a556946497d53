package io.causa.bench.suite;

import io.causa.bench.suite.Findings.Table;
import io.causa.bench.suite.OpenLoop.Answered;
import io.causa.bench.suite.OpenLoop.Result;
import io.causa.bench.suite.Rounds.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * PUT at half of the highest rate of one of three nodes, open loop, beside bare Vert.x at the same
 * rate: its latencies are what this machine and this client cost.
 */
final class Latency implements Benchmark {

  private static final int WINDOWS = 2;
  private static final double[] PERCENTILES = {50, 99, 99.9, 100};

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public List<String> targets() {
    return List.of("latency-p99", "latency-p999");
  }

  @Override
  public void run(Lab lab, Findings findings) {
    Wrk wrk = new Wrk(lab);
    try (CausaNodes causa = CausaNodes.start(lab, "three nodes", 3, "", "--memory")) {
      Turn full =
          Turns.http(wrk, "PUT, one of three nodes, for its latency", causa, causa.port(0), "PUT");
      Rounds rounds = new Rounds(lab, findings);
      double rate = rounds.warmUp(full) / 2;
      try (BareVertx bare = BareVertx.start(lab, causa.port(0))) {
        rounds.warmUp(
            Turns.http(wrk, "PUT, bare Vert.x, for its latency", bare, bare.port(), "PUT"));
        Map<String, List<Result>> results = new LinkedHashMap<>();
        for (int round = 0; round < lab.plan().rounds(); round++) {
          measure(lab, results, "one of three nodes", causa, causa.port(0), rate);
          measure(lab, results, "bare Vert.x", bare, bare.port(), rate);
        }
        report(findings, rate, results);
      }
    }
  }

  private static void measure(
      Lab lab,
      Map<String, List<Result>> results,
      String name,
      Server server,
      int port,
      double rate) {
    int seconds = WINDOWS * lab.plan().windowSeconds();
    try (OpenLoop client = new OpenLoop(port, Wrk.CONNECTIONS, Answered.IGNORED)) {
      client.run(rate, 1, Requests.puts());
      Result result = client.run(rate, seconds, Requests.puts()).requireComplete(name);
      server.settle();
      lab.say(
          "  %-44s %9.0f/s   p99 %8.2f ms   p99.9 %8.2f ms",
          name, rate, result.millis(99), result.millis(99.9));
      results.computeIfAbsent(name, each -> new ArrayList<>()).add(result);
    } catch (IOException failed) {
      throw new UncheckedIOException(name, failed);
    }
  }

  private static void report(Findings findings, double rate, Map<String, List<Result>> results) {
    List<Result> causa = results.get("one of three nodes");
    findings.reach("latency-p99", spread(causa, 99));
    findings.reach("latency-p999", spread(causa, 99.9));
    List<List<String>> rows = new ArrayList<>();
    results.forEach(
        (name, all) -> {
          List<String> row = new ArrayList<>(List.of(name));
          for (double percentile : PERCENTILES) {
            row.add(spread(all, percentile).toString());
          }
          rows.add(row);
        });
    findings.add(
        new Table(
            "PUT at half of the highest rate, %s/s, open loop".formatted(Spread.text(rate)),
            List.of("ms", "p50", "p99", "p99.9", "most"),
            rows));
  }

  static Spread spread(List<Result> results, double percentile) {
    return Spread.of(results.stream().map(result -> result.millis(percentile)).toList());
  }
}
