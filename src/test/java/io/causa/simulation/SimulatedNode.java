package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.CausalBuffer;
import io.causa.core.Commit;
import io.causa.core.Mutation;
import io.causa.core.StagedWrite;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotRoom;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.identity.Standing;
import io.causa.replication.Action;
import io.causa.replication.Action.ReadSnapshot;
import io.causa.replication.Inbox;
import io.causa.replication.Replicator;
import io.causa.replication.message.Channel;
import io.causa.replication.message.PeerMessage;
import io.causa.replication.message.PeerMessage.WriteBatch;
import io.causa.replication.message.ReplicaLimit;
import io.causa.simulation.check.Observers;
import io.causa.simulation.check.Verdict;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One process from its start to its end: the same classes that the verticles drive, on as many
 * loops, wired to the simulated disk and network.
 */
final class SimulatedNode {

  private final World world;
  private final SimulatedDisk disk;
  private final SimulatedProcess process;
  private final SimulatedStorage storage;
  private final Readers readers;
  private final Inbox inbox;
  private final ReplicaLimit replicaLimit;
  private final StoreLoop store;
  private final ReplicationLoop replication;
  private final SimulatedHttp http;
  private final SimulatedLoop networkToDelivery;
  private final SimulatedLoop networkToReplication;
  private final SimulatedLoop deliveryToStore;
  private final SimulatedLoop deliveryToReplication;
  private final SimulatedLoop storeToDelivery;
  private final SimulatedLoop storeToReplication;
  private final SimulatedLoop storeToFeed;
  private final SimulatedLoop replicationToStore;
  private final SimulatedLoop replicationToDelivery;
  private final BiConsumer<Channel, PeerMessage> receiver = this::arrive;

  SimulatedNode(World world, SimulatedDisk disk, long clockMillis, Dice dice) {
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
    observers().peers().opened(self().toString());
    observers().disks().opened(self().toString(), Facts.counts(found));
    this.readers = new Readers(process, dice.split(), world.tally());
    this.inbox = new Inbox(self(), storage.incarnation().standing(), found, options.buffer());
    this.store =
        new StoreLoop(process, storage, options.store(), observers(), readers::lookBetween);
    this.replicaLimit = new ReplicaLimit(self(), found, storage.roster());
    this.replication =
        new ReplicationLoop(world, process, storage, replicaLimit, snapshots(), this::confirmed);
    this.networkToDelivery = new SimulatedLoop(process, dice.split());
    this.networkToReplication = new SimulatedLoop(process, dice.split());
    this.deliveryToStore = new SimulatedLoop(process, dice.split());
    this.deliveryToReplication = new SimulatedLoop(process, dice.split());
    this.storeToDelivery = new SimulatedLoop(process, dice.split());
    this.storeToReplication = new SimulatedLoop(process, dice.split());
    this.storeToFeed = new SimulatedLoop(process, dice.split());
    this.replicationToDelivery = new SimulatedLoop(process, dice.split());
    this.replicationToStore = new SimulatedLoop(process, dice.split());
    this.http =
        new SimulatedHttp(
            world,
            process,
            store,
            replication,
            readers,
            new SimulatedLoop(process, dice.split()),
            new SimulatedLoop(process, dice.split()));
    store.onApplied(this::applied);
    replication.onRetire(this::retire);
    replication.onStable(vector -> replicationToStore.run(() -> store.stable(vector)));
  }

  void start(int otherMembers) {
    world.trace().say(self().toString(), "starts with", disk.applied());
    world.network().attach(name(), receiver);
    replication.start(otherMembers);
  }

  private ReplicationLoop.Snapshots snapshots() {
    return new ReplicationLoop.Snapshots() {
      @Override
      public void read(ReadSnapshot wanted, Consumer<SnapshotTransfers.Reply> reply) {
        replicationToStore.run(
            () -> {
              SnapshotTransfers.Reply slice = store.snapshotSlice(wanted);
              storeToReplication.run(() -> reply.accept(slice));
            });
      }

      @Override
      public SnapshotRoom room() {
        return store.snapshotRoom();
      }

      @Override
      public void install(ReplicaSnapshot snapshot, Consumer<Boolean> installed) {
        replicationToStore.run(
            () ->
                store.install(
                    snapshot, fits -> storeToReplication.run(() -> installed.accept(fits))));
      }
    };
  }

  /** Ends at once: what is not durable is lost. */
  void crash() {
    tallySnapshots();
    storage.crash().ifPresent(world.tally()::count);
    world.trace().say(self().toString(), "crashes, durable is", disk.applied());
    process.kill();
    observers().clients().ended(self().toString());
    world.network().detach(name(), receiver);
  }

  /** The node found out that it must not go on as it is; without this, that ends the run. */
  void onMustStop(Consumer<Action> consumer) {
    replication.onMustStop(consumer);
  }

  /** Makes the standing durable, as the verticle does before it stops. */
  void stand(Standing standing, Runnable done) {
    process.when(storage.stand(standing), "the write of a standing", stood -> done.run());
  }

  /** What happens when the node has to stop because it is no member any more. */
  void onExpelled(Runnable stop) {
    replication.onExpelled(stop);
  }

  /** Whether the node forgets the member now. */
  boolean forget(String member) {
    return replication.forget(member);
  }

  /** Something happens once, while the next commit is under way. */
  void duringNextCommit(Runnable what) {
    storage.duringNextCommit(what);
  }

  /** Whether the node says that its live peers have all that was written here and is shown. */
  boolean isPushed(long nowMillis) {
    return replicator().isPushed(store.states().applied().get(self()), nowMillis);
  }

  /** What fails in the node's storage. */
  StorageFaults storageFaults() {
    return storage.faults();
  }

  long session() {
    return storage.incarnation().session();
  }

  /** A write without a client. */
  void write(Mutation mutation) {
    store.write(List.of(mutation), VersionVector.EMPTY, 0, answer -> {});
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

  StoreLoop store() {
    return store;
  }

  Replicator replicator() {
    return replication.replicator();
  }

  SimulatedHttp http() {
    return http;
  }

  CausalBuffer buffer() {
    return inbox.buffer();
  }

  SimulatedProcess process() {
    return process;
  }

  boolean isRunning() {
    return process.isRunning();
  }

  boolean isReady() {
    return replication.isReady();
  }

  /** Whether nothing is on its way to the disk and nobody waits. */
  boolean isIdle() {
    return store.isIdle();
  }

  /** What the node did without when it became ready; empty if nothing. */
  String warning() {
    return replication.warning();
  }

  private Observers observers() {
    return world.observers();
  }

  private void arrive(Channel channel, PeerMessage message) {
    if (message instanceof WriteBatch batch) {
      networkToDelivery.run(() -> takeIn(batch));
    } else {
      networkToReplication.run(() -> replication.hear(channel, message));
    }
  }

  private void takeIn(WriteBatch batch) {
    if (inbox.forgery(batch).isPresent()) {
      world.tally().count("messages that only the receiver could have sent");
      return;
    }
    if (replicaLimit.admit(batch).isPresent()) {
      throw new Verdict("replica-limit", self() + " refuses " + Words.of(batch));
    }
    observers().peers().arrived(self().toString(), Facts.names(batch.writes()));
    inbox.take(batch);
    Inbox.Taken taken = inbox.takeNews();
    world.trace().say(self().toString(), "←", batch.sender(), Words.of(batch));
    handOver(taken);
    deliveryToReplication.run(() -> replication.received(taken.receipt(), batch));
  }

  private void confirmed() {
    replicationToDelivery.run(() -> handOver(inbox::confirmed));
  }

  private void retire(Action.Retire retire) {
    replicationToDelivery.run(() -> handOver(() -> inbox.retire(retire)));
    replicationToStore.run(() -> store.retire(retire));
  }

  private void handOver(Runnable input) {
    input.run();
    handOver(inbox.takeNews());
  }

  private void handOver(Inbox.Taken taken) {
    Limits.check(this, world.options());
    tallyBuffer();
    if (!taken.deliverable().isEmpty()) {
      deliveryToStore.run(() -> store.deliver(taken.deliverable()));
    }
  }

  private void tallyBuffer() {
    if (buffer().heldWrites() > 100) {
      world.tally().count("buffer held more than 100 writes");
    } else if (buffer().heldWrites() > 0) {
      world.tally().count("buffer held a write");
    }
    if (buffer().heldWrites() >= world.options().buffer().writes()) {
      world.tally().count("buffer was full");
    }
  }

  private void tallyData() {
    if (store.store().fill().isStopped()) {
      world.tally().count("data was beyond its limit, and nothing was taken in");
    } else if (store.store().fill().percent() > 100) {
      world.tally().count("data was in the reserve");
    }
  }

  /** Whether the node takes in nothing more because its data would be too large. */
  boolean lacksRoom() {
    return store.store().fill().isStopped() || replicator().lacksRoom();
  }

  private void tallySnapshots() {
    if (!store.store().serving().isEmpty()) {
      world.tally().count("crash while a snapshot is served");
    }
    if (replicator().view(process.schedule().nowMillis()).snapshot().isPresent()) {
      world.tally().count("crash while a snapshot is fetched");
    }
  }

  private void applied(Commit commit) {
    Limits.checkData(this, world.options());
    tallyData();
    world.trace().say(self().toString(), "applies", Words.of(Facts.writes(commit)));
    boolean isSnapshot = commit.writes().isEmpty() && !commit.after().equals(commit.before());
    world.tally().add("writes applied", commit.writes().size() + (isSnapshot ? 1 : 0));
    world.tally().add("tombstones removed", commit.removed().keys().size());
    world.tally().add("late writes adopted", Adoptions.count(commit, disk));
    storeToDelivery.run(() -> handOver(() -> inbox.applied(commit.after())));
    storeToReplication.run(() -> replication.applied(commit));
    storeToFeed.run(() -> feed(commit));
  }

  private void feed(Commit commit) {
    VersionVector first =
        commit.writes().isEmpty() ? commit.after() : commit.writes().get(0).before();
    if (!first.equals(commit.before())) {
      observers().disks().skipped(self().toString(), Facts.counts(first));
    }
    commit.writes().forEach(this::feed);
  }

  private void feed(StagedWrite write) {
    observers()
        .disks()
        .fed(
            self().toString(),
            Facts.name(write.write().dot()),
            Facts.counts(write.before()),
            Facts.counts(write.after()));
  }
}
