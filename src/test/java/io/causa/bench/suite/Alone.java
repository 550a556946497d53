package io.causa.bench.suite;

import io.causa.bench.suite.Rounds.Turn;
import java.util.ArrayList;
import java.util.List;

/** GET and PUT in memory at a node without peers, beside bare Vert.x and Redis. */
final class Alone implements Benchmark {

  @Override
  public String name() {
    return "alone";
  }

  @Override
  public List<String> targets() {
    return List.of("put-alone");
  }

  @Override
  public boolean isQuick() {
    return true;
  }

  @Override
  public void run(Lab lab, Findings findings) {
    Wrk wrk = new Wrk(lab);
    try (CausaNodes causa = CausaNodes.start(lab, "a node alone", 1, "", "--memory")) {
      Rounds rounds = new Rounds(lab, findings);
      rounds.warmUp(put(wrk, causa));
      try (BareVertx bare = BareVertx.start(lab, causa.firstPort())) {
        findings.remark("A node alone: " + SameAnswers.require(causa.firstPort(), bare.port()));
        List<Turn> turns = new ArrayList<>();
        turns.add(Turns.http(wrk, "PUT, bare Vert.x", bare, bare.port(), "PUT"));
        turns.add(put(wrk, causa));
        turns.add(Turns.http(wrk, "GET, bare Vert.x", bare, bare.port(), "GET"));
        turns.add(Turns.http(wrk, "GET, a node alone", causa, causa.firstPort(), "GET"));
        measure(lab, findings, rounds, turns);
      }
    }
  }

  private static Turn put(Wrk wrk, CausaNodes causa) {
    return Turns.http(wrk, "PUT, a node alone", causa, causa.firstPort(), "PUT");
  }

  private static void measure(Lab lab, Findings findings, Rounds rounds, List<Turn> turns) {
    if (!Redis.missing().isEmpty()) {
      findings.remark(Redis.missing() + "; there is no comparison with Redis.");
      report(findings, rounds.run(turns));
      return;
    }
    try (Redis redis = Redis.start(lab, 0)) {
      turns.add(Turns.redis("SET, Redis", redis));
      rounds.run(turns);
      report(findings, rounds);
      findings.remark(
          "PUT at a node alone is %s of Redis SET without replicas."
              .formatted(rounds.ratio("PUT, a node alone", "SET, Redis")));
    }
  }

  private static void report(Findings findings, Rounds rounds) {
    findings.reach("put-alone", rounds.ratio("PUT, a node alone", "PUT, bare Vert.x"));
    findings.remark(
        "GET at a node alone is %s of bare Vert.x."
            .formatted(rounds.ratio("GET, a node alone", "GET, bare Vert.x")));
    findings.add(rounds.table("A node alone, in memory, 100 B, 64 connections"));
  }
}
