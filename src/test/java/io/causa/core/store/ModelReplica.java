package io.causa.core.store;

import io.causa.clock.Replica;
import io.causa.core.CausalBuffer;
import io.causa.core.CausalBuffer.Admission;
import io.causa.core.Commit;
import io.causa.core.DataSize;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.StagedWrite;
import io.causa.core.Write;
import io.causa.core.snapshot.ReplicaSnapshot;
import io.causa.core.snapshot.SnapshotTransfers;
import io.causa.core.snapshot.SnapshotTransfers.Limits;
import io.causa.core.snapshot.SnapshotTransfers.Reply;
import java.util.ArrayList;
import java.util.List;

/**
 * A replica without anything around it: the pipeline, the buffer and the states as a node wires
 * them, driven by hand. It remembers every write in the order in which it became readable.
 */
final class ModelReplica {

  static final CausalBuffer.Limits ROOMY = new CausalBuffer.Limits(1_000_000, 1L << 40, 1L << 40);

  final Replica self;
  final KeyStates states = new KeyStates();
  final CommitPipeline pipeline;
  final CausalBuffer buffer;
  final List<Commit> commits = new ArrayList<>();
  private boolean committing;
  private long tickets;

  ModelReplica(Replica self) {
    this.self = self;
    this.pipeline = new CommitPipeline(self, states, 0, 1_000_000, 1L << 40);
    this.buffer = new CausalBuffer(states.applied(), ROOMY);
  }

  void propose(List<Mutation> mutations) {
    pipeline.propose(new Proposal(++tickets, mutations, 0));
  }

  Admission receive(Write write) {
    Admission admission = buffer.offer(write);
    pipeline.deliver(buffer.takeDeliverable());
    return admission;
  }

  /** Begins a commit, unless one is under way or there is nothing to commit. */
  void begin() {
    committing |= pipeline.begin().isPresent();
  }

  /** The commit under way, if there is one, is durable. */
  void complete() {
    if (committing) {
      committing = false;
      commits.add(pipeline.complete());
      requireExactCount();
      buffer.applied(states.applied());
      pipeline.deliver(buffer.takeDeliverable());
    }
  }

  /** What is counted change by change is what a count of all keys gives. */
  private void requireExactCount() {
    long[] counted = new long[1];
    states.forEach((key, state) -> counted[0] += DataSize.of(state));
    if (states.dataBytes() != counted[0]) {
      throw new AssertionError(
          self + " counts " + states.dataBytes() + " bytes, and has " + counted[0]);
    }
  }

  /** Commits until nothing is left to commit. */
  void settle() {
    do {
      complete();
      begin();
    } while (committing);
  }

  /** Fetches all that the other one has applied, and installs it; nothing may be under way here. */
  void install(ModelReplica other) {
    SnapshotInstall install = pipeline.beginInstall(other.snapshot()).orElseThrow();
    pipeline.completeInstall(install.join().prepare());
    requireExactCount();
    buffer.applied(states.applied());
    pipeline.deliver(buffer.takeDeliverable());
    settle();
  }

  ReplicaSnapshot snapshot() {
    Limits one = new Limits(1, Long.MAX_VALUE, Long.MAX_VALUE);
    SnapshotTransfers transfers = new SnapshotTransfers(states::cut, one);
    var slice = transfers.slice(self, 1, 1, Integer.MAX_VALUE, pipeline.lamport(), 0);
    Reply.Slice all = (Reply.Slice) slice;
    return new ReplicaSnapshot(all.instant(), all.entries());
  }

  /** All that is readable, in the order in which it became so. */
  List<StagedWrite> prepared() {
    return commits.stream().flatMap(commit -> commit.writes().stream()).toList();
  }

  List<Write> applied() {
    return prepared().stream().map(StagedWrite::write).toList();
  }
}
