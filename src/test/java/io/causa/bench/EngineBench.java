package io.causa.bench;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Bytes;
import io.causa.core.Mutation;
import io.causa.core.Value;
import io.causa.engine.api.WriteRequest;
import io.causa.engine.port.LoopName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a replicated write costs the engines of three replicas: processor time and garbage, replica
 * by replica and loop by loop, and how many messages and bytes it takes.
 *
 * <p>Run by {@code bin/bench engines}. One thread runs the loops of all replicas in turn, over a
 * network that carries bytes and costs nothing. So the figures leave out HTTP, the event bus,
 * threads and waiting, and hardly depend on what else the machine does.
 *
 * <p>Arguments: how many writes share a commit (several figures), and how many writes are measured.
 */
public final class EngineBench {

  private static final int VALUE_BYTES = 100;
  private static final int KEYS = 1000;

  private EngineBench() {}

  public static void main(String[] args) {
    int writes = args.length > 1 ? Integer.parseInt(args[1]) : 400_000;
    for (String group : (args.length > 0 ? args[0] : "1,16,64,256").split(",")) {
      run(Integer.parseInt(group), writes);
    }
  }

  private static void run(int group, int writes) {
    BenchNetwork network = new BenchNetwork();
    List<BenchReplica> replicas = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      replicas.add(new BenchReplica(new Replica("n" + i, 1), network));
    }
    replicas.forEach(BenchReplica::start);
    settle(replicas, 4000);
    BenchReplica first = replicas.get(0);
    int sent = 0;
    for (int round = 0; sent < 2 * writes; round++) {
      if (sent >= writes && sent - group < writes) {
        replicas.forEach(BenchReplica::forgetCosts);
        network.forgetCounts();
      }
      for (int i = 0; i < group; i++) {
        first.write(request(sent++));
      }
      settle(replicas, round % 10 == 0 ? 1 : 0);
    }
    print(group, writes, network, replicas);
  }

  /** Runs what there is to do, with so much time passing. */
  private static void settle(List<BenchReplica> replicas, long millis) {
    for (long passed = 0; passed <= millis; passed++) {
      boolean busy = true;
      while (busy) {
        busy = false;
        for (BenchReplica replica : replicas) {
          busy |= replica.run();
        }
      }
      if (passed < millis) {
        replicas.forEach(BenchReplica::passMilli);
      }
    }
  }

  private static WriteRequest request(int number) {
    Value value = new Value(Bytes.wrap(new byte[VALUE_BYTES]), "application/octet-stream");
    Mutation put = new Mutation.Put("key" + number % KEYS, value);
    return new WriteRequest(List.of(put), VersionVector.EMPTY, 1000, false);
  }

  private static void print(
      int group, double writes, BenchNetwork network, List<BenchReplica> replicas) {
    System.out.printf(
        Locale.ROOT,
        "%n%d writes a commit: a write takes %.3f batches, %.3f other messages, %.0f + %.0f bytes%n",
        group,
        network.batches() / writes,
        network.others() / writes,
        network.batchBytes() / writes,
        network.otherBytes() / writes);
    for (BenchReplica replica : replicas) {
      StringBuilder row = new StringBuilder();
      double micros = 0;
      double bytes = 0;
      for (LoopName loop : LoopName.values()) {
        BenchLoop of = replica.loop(loop);
        micros += of.nanos() / 1000.0 / writes;
        bytes += of.bytes() / writes;
        row.append(
            String.format(
                Locale.ROOT,
                "  %s %.2f us %.0f B",
                loop.name().toLowerCase(Locale.ROOT),
                of.nanos() / 1000.0 / writes,
                of.bytes() / writes));
      }
      System.out.printf(
          Locale.ROOT, "%s: %.2f us, %.0f B garbage a write: %s%n", replica, micros, bytes, row);
    }
  }
}
