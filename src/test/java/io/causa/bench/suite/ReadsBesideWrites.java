package io.causa.bench.suite;

import io.causa.bench.suite.Findings.Table;
import io.causa.bench.suite.OpenLoop.Answered;
import io.causa.bench.suite.OpenLoop.Result;
import io.causa.bench.suite.Rounds.Turn;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** GET at a node alone with fsync, without writes and at half of the full write load, open loop. */
final class ReadsBesideWrites implements Benchmark {

  private static final int READS_A_SECOND = 2000;
  private static final int READERS = 16;

  @Override
  public String name() {
    return "reads";
  }

  @Override
  public List<String> targets() {
    return List.of("reads");
  }

  @Override
  public void run(Lab lab, Findings findings) {
    String data = lab.scratch().resolve("reads-data").toString();
    try (CausaNodes causa =
        CausaNodes.start(
            lab, "a node with fsync", 1, "", "--data=" + data, "--set=storage.mode=fsync")) {
      Turn full =
          Turns.http(new Wrk(lab), "PUT, fsync, before the reads", causa, causa.firstPort(), "PUT");
      double writes = new Rounds(lab, findings).warmUp(full) / 2;
      List<Result> idle = new ArrayList<>();
      List<Result> busy = new ArrayList<>();
      for (int round = 0; round < lab.plan().rounds(); round++) {
        idle.add(reads(lab, causa));
        busy.add(readsBesideWrites(lab, causa, writes));
      }
      report(findings, writes, idle, busy);
    }
  }

  private static Result readsBesideWrites(Lab lab, CausaNodes causa, double rate) {
    CompletableFuture<Result> writes =
        CompletableFuture.supplyAsync(
            () -> load(causa, Wrk.CONNECTIONS, rate, lab.plan().windowSeconds() + 1, true),
            task -> new Thread(task).start());
    Result reads = reads(lab, causa);
    writes.join();
    return reads;
  }

  private static Result reads(Lab lab, CausaNodes causa) {
    Result reads = load(causa, READERS, READS_A_SECOND, lab.plan().windowSeconds(), false);
    lab.say("  GET p50 %.2f ms, p99 %.2f ms", reads.millis(50), reads.millis(99));
    return reads;
  }

  private static Result load(
      CausaNodes causa, int connections, double rate, int seconds, boolean writes) {
    try (OpenLoop client = new OpenLoop(causa.firstPort(), connections, Answered.IGNORED)) {
      return client
          .run(rate, seconds, writes ? Requests.puts() : Requests.gets())
          .requireComplete(writes ? "PUT" : "GET");
    } catch (IOException failed) {
      throw new UncheckedIOException("the node has closed a connection", failed);
    }
  }

  private static void report(
      Findings findings, double writes, List<Result> idle, List<Result> busy) {
    findings.reach(
        "reads",
        Spread.ratio(
            busy.stream().map(result -> result.millis(99)).toList(),
            idle.stream().map(result -> result.millis(99)).toList()));
    findings.add(
        new Table(
            "GET with fsync, 2,000/s, open loop",
            List.of("ms", "p50", "p99", "p99.9"),
            List.of(row("no writes", idle), row(Spread.text(writes) + " PUT/s", busy))));
  }

  private static List<String> row(String name, List<Result> results) {
    return List.of(
        name,
        Latency.spread(results, 50).toString(),
        Latency.spread(results, 99).toString(),
        Latency.spread(results, 99.9).toString());
  }
}
