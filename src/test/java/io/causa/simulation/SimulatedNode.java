package io.causa.simulation;

import io.causa.clock.Replica;
import io.causa.core.CausalBuffer;
import io.causa.core.Commit;
import io.causa.core.CommitPipeline;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.Write;
import io.causa.replication.Action;
import io.causa.replication.Action.Broadcast;
import io.causa.replication.Action.Collision;
import io.causa.replication.Action.ReadLog;
import io.causa.replication.Action.Ready;
import io.causa.replication.Action.Send;
import io.causa.replication.PeerMessage;
import io.causa.replication.PeerMessage.Digest;
import io.causa.replication.PeerMessage.Presence;
import io.causa.replication.PeerMessage.Pull;
import io.causa.replication.PeerMessage.WriteBatch;
import io.causa.replication.Receipt;
import io.causa.replication.Replicator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One process from its start to its end: the same classes that the verticles drive, wired to the
 * simulated disk and network.
 */
final class SimulatedNode {

  private static final long TICK_MILLIS = 50;
  private static final int MAX_PROPOSALS = 100_000;
  private static final long MAX_PROPOSED_BYTES = 1L << 30;

  private final Schedule schedule;
  private final SimulatedNetwork network;
  private final RandomGenerator random;
  private final SimulatedDisk disk;
  private final CommitPipeline pipeline;
  private final CausalBuffer buffer;
  private final Replicator replicator;
  private boolean running;
  private boolean committing;
  private long proposals;
  private String warning = "";
  private boolean collided;

  SimulatedNode(
      Schedule schedule,
      SimulatedNetwork network,
      RandomGenerator random,
      SimulationOptions options,
      SimulatedDisk disk,
      long session) {
    this.schedule = schedule;
    this.network = network;
    this.random = random;
    this.disk = disk;
    this.pipeline =
        new CommitPipeline(
            disk.self(), disk.states(), disk.lamport(), MAX_PROPOSALS, MAX_PROPOSED_BYTES);
    this.buffer = new CausalBuffer(disk.applied(), options.buffer());
    this.replicator =
        new Replicator(
            disk.self(),
            session,
            "http://" + disk.self().name(),
            options.replication(),
            disk.applied(),
            disk.storage().trimmed());
  }

  void start(int otherMembers) {
    running = true;
    network.attach(name(), this::receive);
    replicator.start(otherMembers, schedule.nowMillis());
    perform();
    tick();
  }

  /** Ends at once: what is not durable is lost. */
  void crash() {
    running = false;
    network.detach(name());
  }

  void write(Mutation mutation) {
    pipeline.propose(new Proposal(++proposals, List.of(mutation), schedule.nowMillis()));
    beginCommit();
  }

  String name() {
    return disk.self().name();
  }

  Replica self() {
    return disk.self();
  }

  SimulatedDisk disk() {
    return disk;
  }

  Replicator replicator() {
    return replicator;
  }

  CausalBuffer buffer() {
    return buffer;
  }

  boolean isRunning() {
    return running;
  }

  /** Whether nothing is on its way to the disk. */
  boolean isIdle() {
    return !committing && pipeline.proposedWrites() == 0;
  }

  boolean hasCollided() {
    return collided;
  }

  /** What the node did without when it became ready; empty if nothing. */
  String warning() {
    return warning;
  }

  private void later(long delayMillis, Runnable what) {
    schedule.after(
        delayMillis,
        () -> {
          if (running) {
            what.run();
          }
        });
  }

  private void tick() {
    replicator.tick(schedule.nowMillis());
    perform();
    later(TICK_MILLIS, this::tick);
  }

  private void receive(PeerMessage message) {
    long nowMillis = schedule.nowMillis();
    if (message instanceof Presence presence) {
      replicator.presence(presence, nowMillis);
    } else if (message instanceof Digest digest) {
      replicator.digest(digest, nowMillis);
    } else if (message instanceof Pull pull) {
      replicator.pull(pull, nowMillis);
    } else if (message instanceof WriteBatch batch) {
      takeIn(batch);
    }
    perform();
  }

  private void takeIn(WriteBatch batch) {
    batch.writes().forEach(buffer::offer);
    handOver();
    replicator.receivedBatch(receipt(), batch.sender(), batch.pulled(), schedule.nowMillis());
  }

  private void handOver() {
    List<Write> deliverable = buffer.takeDeliverable();
    pipeline.deliver(deliverable);
    beginCommit();
  }

  private Receipt receipt() {
    return new Receipt(buffer.received(), buffer.behindGaps());
  }

  private void beginCommit() {
    pipeline
        .begin()
        .ifPresent(
            commit -> {
              committing = true;
              later(random.nextLong(8), () -> complete(commit));
            });
  }

  private void complete(Commit commit) {
    disk.commit(commit);
    pipeline.complete();
    committing = false;
    buffer.applied(commit.after());
    handOver();
    replicator.received(receipt(), schedule.nowMillis());
    replicator.applied(commit.after(), schedule.nowMillis());
    perform();
    beginCommit();
  }

  private void perform() {
    replicator.takeActions().forEach(this::perform);
  }

  private void perform(Action action) {
    if (action instanceof Send send) {
      network.send(name(), send.peer(), send.message());
    } else if (action instanceof Broadcast broadcast) {
      network.broadcast(name(), broadcast.message());
    } else if (action instanceof ReadLog read) {
      later(random.nextLong(4), () -> read(read));
    } else if (action instanceof Ready ready) {
      warning = ready.warning();
    } else if (action instanceof Collision) {
      collided = true;
      crash();
    }
  }

  private void read(ReadLog read) {
    List<Write> writes =
        disk.storage()
            .read(read.origin(), read.from(), read.to(), read.maxBytes())
            .toCompletableFuture()
            .join();
    replicator.logRead(read, writes, disk.storage().trimmed(), schedule.nowMillis());
    perform();
  }
}
