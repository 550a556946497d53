package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer.Blocked;
import io.causa.core.Mutation;
import io.causa.core.ReadView;
import io.causa.core.StagedWrite;
import io.causa.core.store.KeyStates;
import io.causa.engine.BadMessages;
import io.causa.engine.Engine;
import io.causa.engine.EngineSettings;
import io.causa.engine.api.BufferView;
import io.causa.engine.api.StoreView;
import io.causa.engine.api.WriteRequest;
import io.causa.engine.port.Subscribers;
import io.causa.membership.ForgetOutcome;
import io.causa.membership.GenerationView;
import io.causa.membership.RetireOutcome;
import io.causa.replication.Action;
import io.causa.replication.view.ReplicatorView;
import io.causa.simulation.check.Observers;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * One process from its start to its end: the engine of a real node, hosted by the simulated loops,
 * disk and network.
 */
final class SimulatedNode {

  private static final long STOP_MILLIS = 4000;

  private final World world;
  private final SimulatedDisk disk;
  private final SimulatedProcess process;
  private final SimulatedStorage storage;
  private final SimulatedTransport transport;
  private final SimulatedHost host;
  private final NodeChecker checker;
  private final Engine engine;
  private final SimulatedHttp http;
  private final long foundBytes;
  private LongConsumer pushed = sequence -> {};

  /**
   * @param failed is told what the node cannot go on with
   */
  SimulatedNode(
      World world,
      SimulatedDisk disk,
      long clockMillis,
      Dice dice,
      BiConsumer<String, Throwable> failed) {
    SimulationOptions options = world.options();
    long startMillis = world.schedule().nowMillis();
    this.world = world;
    this.disk = disk;
    this.process = new SimulatedProcess(world.schedule());
    this.storage =
        new SimulatedStorage(
            process,
            disk,
            options.durability(),
            options.mostCommitMicros(),
            () -> clockMillis + world.schedule().nowMillis() - startMillis,
            dice.split());
    VersionVector found = storage.recovered().applied();
    world.ended().note(self(), disk.roster().ended());
    observers().peers().opened(self().toString());
    observers().disks().opened(self().toString(), world.ended().counts(self().toString(), found));
    Readers readers = new Readers(process, dice.split(), world.tally());
    this.transport = new SimulatedTransport(world, process, storage);
    this.host = new SimulatedHost(process, dice.split(), failed);
    this.checker = new NodeChecker(world, this, self(), readers);
    this.engine =
        new Engine(
            settings(options),
            storage,
            transport,
            new AttentiveSubscribers(),
            host,
            new BadMessages(() -> 0),
            checker);
    this.foundBytes = engine.store().fill().usedBytes();
    this.http =
        new SimulatedHttp(world, process, engine, host, checker, readers, storage, dice.split());
    host.onLeave(transport::detach);
  }

  private EngineSettings settings(SimulationOptions options) {
    return new EngineSettings(
        "http://" + name(),
        options.store(),
        options.buffer(),
        options.replication(),
        Long.MAX_VALUE / 2,
        options.turn(),
        STOP_MILLIS);
  }

  /** Somebody listens to all that is applied. */
  private final class AttentiveSubscribers implements Subscribers {
    @Override
    public boolean present() {
      return true;
    }

    @Override
    public void publish(StagedWrite applied, Runnable sent) {
      checker.published(applied);
      sent.run();
    }
  }

  /** Starts the engine, and lets it speak once it hears. */
  void start(int otherMembers) {
    world.trace().say(self().toString(), "starts with", disk.applied());
    engine.start().thenRun(() -> process.after(0, () -> engine.join(otherMembers)));
  }

  /**
   * Stops in order.
   *
   * @param stopped is run when the stop is over, also if the storage could not be closed in time
   */
  void stop(Runnable stopped) {
    world.trace().say(self().toString(), "is told to stop");
    engine
        .stop(isReady())
        .whenComplete((closed, failure) -> process.after(0, () -> end(failure, stopped)));
  }

  private void end(Throwable failure, Runnable stopped) {
    world.tally().count(failure == null ? "orderly stops" : "stops with the storage open");
    crash();
    stopped.run();
  }

  /** Ends at once: what is not durable is lost. */
  void crash() {
    tallySnapshots();
    storage.crash().ifPresent(world.tally()::count);
    world.trace().say(self().toString(), "ends, durable is", disk.applied());
    process.kill();
    observers().clients().ended(self().toString());
    transport.detach();
  }

  private void tallySnapshots() {
    if (!status().serving().isEmpty()) {
      world.tally().count("crash while a snapshot is served");
    }
    if (peers().snapshot().isPresent()) {
      world.tally().count("crash while a snapshot is fetched");
    }
    if (engine.isStopping()) {
      world.tally().count("ends while stopping");
    }
  }

  /** Sets who is told when the node finds out that it must stop; otherwise that ends the run. */
  void onMustStop(Consumer<Action> consumer) {
    checker.onMustStop(consumer);
  }

  /** Sets who is told up to which own write the node says that its live peers have them. */
  void onPushed(LongConsumer consumer) {
    pushed = consumer;
  }

  void judgePushed(long sequence) {
    pushed.accept(sequence);
  }

  /** Tells the node to forget the member; the outcome comes once it is durable. */
  void forget(String member, Consumer<ForgetOutcome> reply) {
    engine.replication().forget(member, reply);
  }

  /** Tells the node that the generation has ended; the outcome comes once it is durable. */
  void retire(Replica former, Consumer<RetireOutcome> reply) {
    engine.replication().retire(former, reply);
  }

  /** The generations that have writes here and may be retired. */
  List<Replica> formerGenerations() {
    return peers().generations().stream()
        .filter(former -> !former.retired())
        .map(GenerationView::replica)
        .toList();
  }

  /** Something happens once, while the next commit is under way. */
  void duringNextCommit(Runnable what) {
    storage.duringNextCommit(what);
  }

  /** What fails in the node's storage. */
  StorageFaults storageFaults() {
    return storage.faults();
  }

  long session() {
    return storage.incarnation().session();
  }

  /** A write without a client; it is done when this is run. */
  void write(Mutation mutation, Runnable done) {
    engine
        .store()
        .write(
            new WriteRequest(List.of(mutation), VersionVector.EMPTY, 0, false),
            outcome -> done.run());
  }

  String name() {
    return self().name();
  }

  Replica self() {
    return disk.self();
  }

  SimulatedDisk disk() {
    return disk;
  }

  Engine engine() {
    return engine;
  }

  ReadView view() {
    return engine.store().view();
  }

  /** What the data occupied when the node started, in bytes. */
  long foundBytes() {
    return foundBytes;
  }

  /** What the store does. */
  StoreView status() {
    return engine.store().look(0);
  }

  /** How full the buffer is. */
  BufferView buffer() {
    return engine.delivery().look(0);
  }

  /** The writes that the buffer holds, with what each waits for; at most so many. */
  List<Blocked> blocked(int most) {
    return engine.delivery().look(most).blocked();
  }

  /** All keys with their states. */
  KeyStates states() {
    return (KeyStates) engine.store().view();
  }

  /** What is known of the peers. */
  ReplicatorView peers() {
    return engine.replication().look();
  }

  SimulatedHttp http() {
    return http;
  }

  SimulatedProcess process() {
    return process;
  }

  boolean isRunning() {
    return process.isRunning();
  }

  boolean isReady() {
    return engine.isReady();
  }

  boolean isStopping() {
    return engine.isStopping();
  }

  /** Whether nothing is on its way to the disk and nobody waits. */
  boolean isIdle() {
    StoreView now = status();
    return now.isIdle() && now.parkedRequests() == 0 && now.held().writes() == 0;
  }

  /** Whether the node takes in nothing more because its data would be too large. */
  boolean lacksRoom() {
    return !engine.takesIn();
  }

  /** What the node did without when it became ready; empty if nothing. */
  String warning() {
    return checker.warning();
  }

  private Observers observers() {
    return world.observers();
  }
}
