package io.causa.bench.suite;

import io.causa.bench.load.BusLoad;
import io.causa.bench.load.ReplicatedMapLoad;
import io.causa.bench.load.StoreLoad;
import io.causa.bench.suite.Rounds.Turn;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes of 100 bytes that have arrived at both peers, without HTTP: Causa, the bare event bus, and
 * Hazelcast's {@code ReplicatedMap}.
 */
final class Replication implements Benchmark {

  private static final double THOUSAND = 1000;
  private static final String CAUSA = "Causa, writes within the process of a node";
  private static final String BUS = "bare event bus, batches of 100";
  private static final String MAP = "Hazelcast ReplicatedMap, 64 threads";

  @Override
  public String name() {
    return "replication";
  }

  @Override
  public List<String> targets() {
    return List.of("replication");
  }

  @Override
  public void run(Lab lab, Findings findings) {
    try (Members causa = Members.ofCausa(lab, StoreLoad.class);
        Members bus = Members.of(lab, "event bus", BusLoad.class, "send");
        Members map = Members.of(lab, "ReplicatedMap", ReplicatedMapLoad.class, "put")) {
      List<Turn> turns = new ArrayList<>();
      turns.add(new Turn(CAUSA, causa, causa::load));
      turns.add(new Turn(BUS, bus, bus::load));
      turns.add(new Turn(MAP, map, map::load));
      Rounds rounds = new Rounds(lab, findings).run(turns);
      findings.reach("replication", Spread.of(rounds.rates(CAUSA)).times(1 / THOUSAND));
      findings.remark(
          "Replication without HTTP is %s of the bare event bus and %s of ReplicatedMap."
              .formatted(rounds.ratio(CAUSA, BUS), rounds.ratio(CAUSA, MAP)));
      findings.add(rounds.table("Writes of 100 B applied at both peers, without HTTP"));
    }
  }
}
