package io.causa.bench.suite;

import io.causa.bench.SyncBatches;
import io.causa.bench.suite.Rounds.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * PUT with fsync at a node alone, beside etcd and RocksDB's own synced batches on the same disk.
 */
final class Disk implements Benchmark {

  private static final int CONNECTIONS = 256;
  private static final String CAUSA = "PUT, a node alone, fsync";
  private static final String ETCD = "put, etcd";
  private static final String ROCKSDB = "RocksDB alone, synced batches of 256";

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public List<String> targets() {
    return List.of("put-fsync");
  }

  @Override
  public void run(Lab lab, Findings findings) {
    Wrk wrk = new Wrk(lab);
    String data = lab.scratch().resolve("fsync-data").toString();
    try (CausaNodes causa =
        CausaNodes.start(
            lab, "a node with fsync", 1, "", "--data=" + data, "--set=storage.mode=fsync")) {
      List<Turn> turns = new ArrayList<>();
      turns.add(
          new Turn(
              CAUSA,
              causa,
              seconds -> wrk.run(causa.firstPort(), 2, CONNECTIONS, "PUT", Wrk.KEYS, seconds)));
      turns.add(new Turn(ROCKSDB, new NoServer("RocksDB"), seconds -> rocksDb(lab, seconds)));
      measure(lab, findings, new Rounds(lab, findings), turns);
    }
  }

  private static void measure(Lab lab, Findings findings, Rounds rounds, List<Turn> turns) {
    if (!Etcd.missing().isEmpty()) {
      findings.skip("put-fsync", Etcd.missing());
      report(findings, rounds.run(turns));
      return;
    }
    try (Etcd etcd = Etcd.start(lab, CONNECTIONS)) {
      turns.add(new Turn(ETCD, etcd, etcd::put));
      rounds.run(turns);
      findings.reach("put-fsync", rounds.ratio(CAUSA, ETCD));
      report(findings, rounds);
    }
  }

  private static void report(Findings findings, Rounds rounds) {
    findings.remark(
        "PUT with fsync is %s of what RocksDB alone makes durable in batches as large."
            .formatted(rounds.ratio(CAUSA, ROCKSDB)));
    findings.add(rounds.table("fsync, a node alone, 100 B, 256 connections"));
  }

  private static Load rocksDb(Lab lab, int seconds) {
    String output =
        lab.run(
            "rocksdb",
            lab.java(
                SyncBatches.class,
                List.of(
                    lab.scratch().resolve("rocksdb-data").toString(),
                    Integer.toString(seconds),
                    Integer.toString(CONNECTIONS),
                    Integer.toString(Wrk.VALUE_BYTES))));
    double rate = Double.parseDouble(output.strip().replace("RESULT ", ""));
    return new Load(rate, rate * seconds, Double.NaN, Double.NaN, 0);
  }
}
