package io.causa.simulation;

import io.causa.core.Commit;
import io.causa.core.Mutation;
import io.causa.core.StagedWrite;
import io.causa.history.Access;
import io.causa.history.HistoryEvent;
import io.causa.history.Operation;
import io.causa.history.Outcome;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells the history of writes that no client asked for: a node writes again what had missed a
 * delete that it has forgotten. It is a client of itself that reads the late write and then writes.
 */
final class Adoptions {

  private Adoptions() {}

  /** How many writes of the commit the node has adopted. */
  static long count(Commit commit, SimulatedDisk disk) {
    return commit.writes().stream().filter(write -> isAdopted(write, disk)).count();
  }

  /** It is durable. What a write adopts is before it, unless it came with a snapshot. */
  static void note(Landed one, SimulatedDisk disk, World world) {
    StagedWrite before = null;
    for (StagedWrite write : one.prepared()) {
      if (isAdopted(write, disk)) {
        String client = disk.self() + " adopts as " + write.write().dot();
        List<Mutation> mutations = write.write().mutations();
        if (before != null) {
          // No client is ever shown the late write there, so this is not what the node shows.
          String inside = disk.label() + " inside, for " + write.write().dot();
          world.history().add(event(client, inside, world, Operation.SNAPSHOT, before, mutations));
        }
        world.history().add(event(client, disk.label(), world, Operation.BATCH, write, mutations));
      }
      before = one.isSnapshot() ? null : write;
    }
  }

  private static boolean isAdopted(StagedWrite write, SimulatedDisk disk) {
    return write.ticket().isEmpty() && write.write().origin().equals(disk.self());
  }

  private static HistoryEvent event(
      String client,
      String node,
      World world,
      Operation operation,
      StagedWrite write,
      List<Mutation> mutations) {
    String version = Facts.name(write.write().dot()).toString();
    List<Access> accesses = new ArrayList<>();
    for (Mutation mutation : mutations) {
      String value = mutation.value().map(Facts::text).orElse(null);
      accesses.add(new Access(mutation.key(), value, version));
    }
    long nowNanos = world.schedule().nowMicros() * 1000;
    return new HistoryEvent(
        client, node, operation, accesses, null, null, nowNanos, nowNanos, Outcome.OK);
  }
}
