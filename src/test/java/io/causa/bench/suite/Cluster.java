package io.causa.bench.suite;

import io.causa.bench.suite.Rounds.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * GET and PUT in memory at one of three nodes, beside bare Vert.x and Redis with two replicas; PUT
 * at all nodes at once; and the processor time of a replicated write.
 */
final class Cluster implements Benchmark {

  private static final int NODES = 3;
  private static final String ONE = "PUT, one of three nodes";
  private static final String ALL = "PUT, all three nodes at once";
  private static final String REDIS = "SET, Redis with 2 replicas";

  @Override
  public String name() {
    return "cluster";
  }

  @Override
  public List<String> targets() {
    return List.of("get-cluster", "put-cluster", "put-cluster-redis", "put-cpu", "put-everywhere");
  }

  @Override
  public boolean isQuick() {
    return true;
  }

  @Override
  public void run(Lab lab, Findings findings) {
    Wrk wrk = new Wrk(lab);
    try (CausaNodes causa = CausaNodes.start(lab, "three nodes", NODES, "", "--memory")) {
      Rounds rounds = new Rounds(lab, findings);
      rounds.warmUp(put(wrk, causa));
      try (BareVertx bare = BareVertx.start(lab, causa.firstPort())) {
        findings.remark("One of three nodes: " + SameAnswers.require(causa.port(0), bare.port()));
        List<Turn> turns = new ArrayList<>();
        turns.add(Turns.http(wrk, "PUT, bare Vert.x", bare, bare.port(), "PUT"));
        turns.add(put(wrk, causa));
        turns.add(new Turn(ALL, causa, seconds -> wrk.runAll(ports(causa), "PUT", seconds)));
        turns.add(Turns.http(wrk, "GET, bare Vert.x", bare, bare.port(), "GET"));
        turns.add(Turns.http(wrk, "GET, one of three nodes", causa, causa.port(0), "GET"));
        measure(lab, findings, rounds, turns);
      }
    }
  }

  private static Turn put(Wrk wrk, CausaNodes causa) {
    return Turns.http(wrk, ONE, causa, causa.port(0), "PUT");
  }

  private static List<Integer> ports(CausaNodes causa) {
    return List.of(causa.port(0), causa.port(1), causa.port(2));
  }

  private static void measure(Lab lab, Findings findings, Rounds rounds, List<Turn> turns) {
    if (!Redis.missing().isEmpty()) {
      findings.skip("put-cluster-redis", Redis.missing());
      report(findings, rounds.run(turns));
      return;
    }
    try (Redis redis = Redis.start(lab, 2)) {
      turns.add(Turns.redis(REDIS, redis));
      rounds.run(turns);
      findings.reach("put-cluster-redis", rounds.ratio(ONE, REDIS));
      report(findings, rounds);
    }
  }

  private static void report(Findings findings, Rounds rounds) {
    findings.reach("get-cluster", rounds.ratio("GET, one of three nodes", "GET, bare Vert.x"));
    findings.reach("put-cluster", rounds.ratio(ONE, "PUT, bare Vert.x"));
    findings.reach("put-everywhere", rounds.ratio(ALL, ONE));
    findings.reach("put-cpu", rounds.micros(ONE));
    findings.add(rounds.table("Three nodes, in memory, 100 B, 64 connections"));
  }
}
