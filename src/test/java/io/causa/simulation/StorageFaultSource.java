package io.causa.simulation;

import io.causa.simulation.StorageFaults.Call;
import io.causa.simulation.StorageFaults.Way;
import java.util.List;

/** Lets the storages of nodes fail, as the dice fall, until it is told to stop. */
final class StorageFaultSource {

  private static final double FAILING_FROM_THE_START = 0.1;
  private static final List<Call> CALLS =
      List.of(Call.COMMIT, Call.COMMIT, Call.INSTALL, Call.ROSTER, Call.STANDING);

  /** The only time when every process writes its roster. */
  private static final List<Call> FIRST_CALLS = List.of(Call.ROSTER, Call.STANDING, Call.COMMIT);

  private static final List<Way> WAYS = List.of(Way.values());

  private final Simulation simulation;
  private final Plan plan;
  private final Dice dice;
  private boolean active = true;

  StorageFaultSource(Simulation simulation, Plan plan, Dice dice) {
    this.simulation = simulation;
    this.plan = plan;
    this.dice = dice;
    simulation.onStart(this::started);
  }

  /** Whether storages can fail: there is nothing to fail in memory. */
  boolean isPossible() {
    return simulation.world().options().durability() != Durability.MEMORY;
  }

  /** Something in the node's storage will fail. What was chosen is returned, for the trace. */
  Object strike(Fault fault, SimulatedNode node) {
    return switch (fault) {
      case FAILED_WRITES -> failWrite(node, dice.pick(CALLS));
      case FAILED_READS -> {
        node.storageFaults().armRead();
        yield "the next read";
      }
      case FULL_DISKS -> {
        node.disk().fill();
        yield "all writes";
      }
      default -> throw new IllegalArgumentException(fault + " is no fault of a storage");
    };
  }

  /** All storages work from now on, and all disks have room. */
  void end() {
    active = false;
    for (SimulatedNode node : simulation.nodes()) {
      node.storageFaults().disarm();
      node.disk().makeRoom();
    }
  }

  /** What a process writes first may fail, too. */
  private void started(SimulatedNode node) {
    if (active
        && plan.has(Fault.FAILED_WRITES)
        && isPossible()
        && dice.chance(FAILING_FROM_THE_START)) {
      failWrite(node, dice.pick(FIRST_CALLS));
    }
  }

  private String failWrite(SimulatedNode node, Call call) {
    Way way = dice.pick(WAYS);
    node.storageFaults().arm(call, way);
    return "next, " + call + " " + way;
  }
}
