package io.causa.bench.suite;

import static io.causa.bench.suite.Target.Sense.AT_LEAST;
import static io.causa.bench.suite.Target.Sense.AT_MOST;

import io.causa.bench.suite.Target.Sense;
import java.util.List;

/** All that Causa wants to reach, in the order of the table in docs/benchmarks.md. */
final class Targets {

  private static final double ONE_BOUND = Double.NaN;
  private static final String BARE = "bare Vert.x, same bytes and headers";

  private static final List<Target> ALL =
      List.of(
          ratio("get-cluster", "GET 100 B at one of three nodes", BARE, 0.90, 0.95, "cluster"),
          ratio("put-alone", "PUT 100 B, memory, a node alone", BARE, 0.70, 0.80, "alone"),
          ratio(
              "put-cluster", "PUT 100 B, memory, one of three nodes", BARE, 0.50, 0.65, "cluster"),
          ratio(
              "put-cluster-redis",
              "PUT 100 B, memory, one of three nodes",
              "Redis SET, two replicas",
              0.7,
              1.0,
              "cluster"),
          figure(
              "put-cpu",
              "CPU time of a replicated write, three nodes together",
              "µs",
              AT_MOST,
              21,
              10,
              "cluster"),
          ratio(
              "put-fsync",
              "PUT 100 B, fsync, a node alone, 256 connections",
              "etcd, same disk",
              3.5,
              5,
              "disk"),
          ratio(
              "put-everywhere",
              "PUT at all three nodes at once",
              "PUT at one of them",
              1.0,
              1.2,
              "cluster"),
          figure(
              "replication",
              "replication without HTTP, 100 B, applied at both peers",
              "thousand writes/s",
              AT_LEAST,
              150,
              300,
              "replication"),
          figure("wire-3", "metadata on the wire, 3 nodes", "B a write", AT_MOST, 16, 8, "wire"),
          figure(
              "wire-100",
              "metadata on the wire, 100 nodes, simulated",
              "B a write",
              AT_MOST,
              32,
              16,
              "wire"),
          figure(
              "visible-p50",
              "from a write at A to its visibility at B, 5,000 writes/s, p50",
              "ms",
              AT_MOST,
              1,
              ONE_BOUND,
              "visibility"),
          figure("visible-p99", "… p99", "ms", AT_MOST, 5, 3, "visibility"),
          figure(
              "latency-p99",
              "PUT at half of the highest rate, one of three nodes, open loop, p99",
              "ms",
              AT_MOST,
              10,
              ONE_BOUND,
              "latency"),
          figure("latency-p999", "… p99.9", "ms", AT_MOST, 20, ONE_BOUND, "latency"),
          figure(
              "pauses",
              "safepoints at 1,000,000 keys and full write speed, JDK 25, p99.9",
              "ms",
              AT_MOST,
              20,
              5,
              "pauses"),
          figure("memory", "memory beyond key and value", "B a key", AT_MOST, 150, 100, "memory"),
          figure(
              "memory-large",
              "10,000,000 keys of 100 B: heap that is occupied",
              "GiB",
              AT_MOST,
              4,
              ONE_BOUND,
              "memory --long"),
          ratio(
              "reads",
              "p99 of GET at half of the full write load, fsync",
              "the same without writes",
              AT_MOST,
              5,
              2,
              "reads"),
          ratio(
              "buffer",
              "cost of a write with 1,000,000 held",
              "with 1,000 held",
              AT_MOST,
              2,
              1.5,
              "buffer"),
          figure("restart", "restart with 1,000,000 keys", "s", AT_MOST, 3, 2, "restart"),
          figure("start", "three nodes ready", "s", AT_MOST, 4, 3, "start"));

  private Targets() {}

  static List<Target> all() {
    return ALL;
  }

  private static Target ratio(
      String id, String what, String reference, double must, double want, String benchmark) {
    return ratio(id, what, reference, AT_LEAST, must, want, benchmark);
  }

  private static Target ratio(
      String id,
      String what,
      String reference,
      Sense sense,
      double must,
      double want,
      String benchmark) {
    return new Target(id, what, reference, "×", sense, must, want, benchmark);
  }

  private static Target figure(
      String id,
      String what,
      String unit,
      Sense sense,
      double must,
      double want,
      String benchmark) {
    return new Target(id, what, "", unit, sense, must, want, benchmark);
  }
}
