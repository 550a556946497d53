package io.causa.simulation;

import io.causa.clock.Dot;
import io.causa.core.CausalBuffer.Blocked;
import io.causa.core.KeyState;
import io.causa.history.Access;
import io.causa.history.HistoryChecks;
import io.causa.history.HistoryEvent;
import io.causa.history.Operation;
import io.causa.history.Outcome;
import io.causa.history.Violation;
import io.causa.simulation.check.Name;
import io.causa.simulation.check.Observers;
import io.causa.simulation.check.Verdict;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * One run of a plan: a safety phase with faults, in which nothing wrong may ever be seen, then a
 * liveness phase without, in which everything must come to rest within a bound of simulated time.
 */
final class Run {

  private static final long SAFETY_MILLIS = 120_000;
  private static final long STANDSTILL_MILLIS = 30_000;
  private static final long QUIET_MILLIS = 500;
  private static final long LIVENESS_MILLIS = 600_000;

  /**
   * What became of a run.
   *
   * @param steps how many events happened
   * @param simulatedMillis how much simulated time passed
   * @param history what the clients saw
   */
  record Result(
      Plan plan,
      Optional<Failure> failure,
      Tally tally,
      long steps,
      long simulatedMillis,
      List<HistoryEvent> history,
      List<String> trace) {}

  private final Plan plan;
  private final Simulation simulation;
  private final List<String> names;
  private final Adversary adversary;
  private final Workload workload;
  private final List<SimulatedClient> clients = new ArrayList<>();
  private final Dice dice;

  private Run(Plan plan, boolean traced) {
    this.plan = plan;
    this.dice = new Dice(~plan.seed());
    SimulationOptions options = Settings.draw(dice.split());
    this.simulation = new Simulation(plan.seed(), options, traced);
    this.names = IntStream.rangeClosed(1, plan.nodes()).mapToObj(i -> "n" + i).toList();
    this.adversary = new Adversary(simulation, plan, names, dice.split());
    this.workload = new Workload(plan.operations(), dice.split());
  }

  static Result play(Plan plan, boolean traced) {
    Run run = new Run(plan, traced);
    Optional<Failure> failure = run.play();
    World world = run.simulation.world();
    failure.ifPresent(f -> world.trace().say("verdict", f.rule(), f.text()));
    return new Result(
        plan,
        failure,
        world.tally(),
        world.schedule().steps(),
        world.schedule().nowMillis(),
        world.history(),
        world.trace().lines());
  }

  private Optional<Failure> play() {
    try {
      start();
      beUnsafe();
      comeToRest();
      judge();
      return Optional.empty();
    } catch (Verdict verdict) {
      return Optional.of(new Failure(verdict.rule(), verdict.getMessage()));
    } catch (RuntimeException broken) {
      return Optional.of(new Failure("fail-stop", Broken.describe(broken)));
    }
  }

  private void start() {
    if (plan.has(Fault.EARLIER_VERSIONS)) {
      Dice which = new Dice(plan.seed() + 1);
      simulation.network().runEarlier(names.stream().filter(name -> which.chance(0.6)).toList());
    }
    for (String name : names) {
      simulation.startNew(name);
      simulation.schedule().run(dice.between(0, 300));
    }
    for (int i = 1; i <= plan.clients(); i++) {
      SimulatedClient client = client("c" + i);
      clients.add(client);
      client.begin();
    }
    adversary.begin();
  }

  private SimulatedClient client(String name) {
    var cluster =
        new SimulatedClient.Cluster() {
          @Override
          public List<String> names() {
            return names;
          }

          @Override
          public SimulatedNode node(String node) {
            return simulation.node(node);
          }
        };
    return new SimulatedClient(
        name,
        simulation.world(),
        cluster,
        workload,
        simulation.world().history(),
        plan.has(Fault.CLIENT_LOSS),
        dice.split());
  }

  private void beUnsafe() {
    simulation.schedule().runUntil(workload::isDone, SAFETY_MILLIS);
    workload.end();
    adversary.end();
    simulation.world().trace().say("world", "all faults end");
  }

  /** Tiny limits make a cluster slow, so what counts is that it never stands still. */
  private void comeToRest() {
    long endMillis = simulation.schedule().nowMillis() + LIVENESS_MILLIS;
    long before = -1;
    while (!restsWithin(STANDSTILL_MILLIS)) {
      long applied = simulation.world().tally().get("writes applied");
      boolean full = simulation.giveRoom();
      if ((applied == before && !full) || simulation.schedule().nowMillis() > endMillis) {
        throw new Verdict(
            "liveness",
            "no rest at %d ms, without any fault since %d ms:%n%s"
                .formatted(
                    simulation.schedule().nowMillis(),
                    endMillis - LIVENESS_MILLIS,
                    simulation.describe()));
      }
      before = applied;
    }
    simulation.world().trace().say("world", "everything is at rest");
  }

  /** Requests that their clients gave up may still be on their way, and begin everything anew. */
  private boolean restsWithin(long millis) {
    boolean rests = simulation.schedule().runUntil(this::isAtRest, millis);
    simulation.schedule().run(QUIET_MILLIS);
    return rests && isAtRest();
  }

  private boolean isAtRest() {
    return clients.stream().allMatch(SimulatedClient::isIdle)
        && simulation.running().size() == names.size()
        && simulation.nodes().stream().noneMatch(SimulatedNode::isStopping)
        && simulation.nodes().stream().allMatch(node -> node.isReady() && node.isIdle())
        && simulation.isConverged()
        && simulation.knowsItself()
        && simulation.nodes().stream().allMatch(this::isDrained)
        && isSwept();
  }

  /**
   * Whether no tombstone is left. A buffered write may have been made before any delete, so one
   * that waits for ever keeps them.
   */
  private boolean isSwept() {
    return simulation.nodes().stream().allMatch(this::hasNoTombstones)
        || simulation.nodes().stream().anyMatch(node -> node.buffer().heldWrites() > 0);
  }

  private boolean hasNoTombstones(SimulatedNode node) {
    return workload.keys().stream()
        .flatMap(key -> node.view().get(key).stream())
        .noneMatch(Facts::isDeleted);
  }

  private static boolean keepsTombstones(SimulatedNode node) {
    return node.buffer().heldWrites() > 0 || !node.peers().roster().isMember(node.self());
  }

  /** Whether nothing is held but what waits for a write that is lost for good. */
  private boolean isDrained(SimulatedNode node) {
    for (Blocked blocked : node.blocked(node.buffer().heldWrites())) {
      if (!observers().end().waitsForever(Facts.name(blocked.write().dot()))
          && !isForgotten(blocked.waitsFor())) {
        return false;
      }
    }
    return true;
  }

  /** Whether all who knew what the base stands for have lost their memory. */
  private boolean isForgotten(Dot awaited) {
    return awaited.isBase()
        && simulation.nodes().stream()
            .map(node -> node.peers().roster().ended().below(awaited.replica().name()))
            .allMatch(below -> below < awaited.sequence());
  }

  private void judge() {
    Set<String> live = new HashSet<>();
    simulation.nodes().forEach(node -> live.add(node.self().toString()));
    observers().end().settled(live);
    live.forEach(observers().clients()::atRest);
    simulation.nodes().forEach(this::judgeKeys);
    simulation.nodes().forEach(this::readAllKeys);
    judgeHistory();
  }

  private void judgeHistory() {
    List<String> checks = new ArrayList<>(HistoryChecks.names());
    if (observers().end().hasLost()) {
      checks.removeAll(List.of("no-lost-write", "kept-by-two"));
    }
    if (observers().end().hasGivenUp()) {
      // Clients have seen writes that are none any more.
      checks.retainAll(List.of("unique-versions", "convergence"));
    }
    List<Violation> violations = HistoryChecks.check(simulation.world().history(), checks);
    if (!violations.isEmpty()) {
      Violation first = violations.get(0);
      throw new Verdict("history " + first.rule(), first.toString());
    }
  }

  /** What every client would find now, whatever node it asks. */
  private void readAllKeys(SimulatedNode node) {
    List<Reply> replies = new ArrayList<>();
    long startMicros = simulation.schedule().nowMicros();
    node.http().snapshot(workload.keys(), null, 0, replies::add);
    simulation.schedule().runUntil(() -> !replies.isEmpty(), STANDSTILL_MILLIS);
    Reply.Read read = (Reply.Read) replies.get(0);
    List<Access> accesses =
        workload.keys().stream().map(key -> access(key, read.keys().get(key))).toList();
    simulation
        .world()
        .history()
        .add(
            new HistoryEvent(
                "final-" + node.name(),
                node.disk().label(),
                Operation.FINAL,
                accesses,
                null,
                read.context(),
                startMicros * 1000,
                simulation.schedule().nowMicros() * 1000,
                Outcome.OK));
  }

  private static Access access(String key, Reply.Shown shown) {
    String version = shown.version() == null ? null : shown.version().toString();
    return new Access(key, shown.value(), version);
  }

  private void judgeKeys(SimulatedNode node) {
    String replica = node.self().toString();
    for (String key : observers().end().keys(replica)) {
      Optional<KeyState> state = node.view().get(key);
      List<Name> versions = state.map(Facts::versions).orElse(List.of());
      observers().end().holds(replica, key, versions);
    }
  }

  private Observers observers() {
    return simulation.world().observers();
  }
}
