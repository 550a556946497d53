package io.causa.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Commit;
import io.causa.core.KeyChange;
import io.causa.core.KeyVersion;
import io.causa.core.Mutation;
import io.causa.core.Proposal;
import io.causa.core.StagedWrite;
import io.causa.core.Value;
import io.causa.core.Write;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class CommitPipelineTest {

  private static final Replica SELF = new Replica("self", 1);
  private static final Replica PEER = new Replica("peer", 1);
  private static final int MAX_WRITES = 3;
  private static final long MAX_BYTES = 10 * proposal(1, "k").heapBytes();

  private final KeyStates states = new KeyStates();
  private final CommitPipeline pipeline =
      new CommitPipeline(SELF, states, 0, MAX_WRITES, MAX_BYTES);

  @Test
  void nothingIsReadableBeforeTheCommitIsComplete() {
    pipeline.propose(proposal(1, "k"));
    pipeline.begin();
    assertThat(states.get("k")).isEmpty();
    assertThat(states.size()).isZero();
    assertThat(states.applied()).isEqualTo(VersionVector.EMPTY);
    pipeline.complete();
    assertThat(states.get("k").orElseThrow().visible().dot()).isEqualTo(new Dot(SELF, 1));
    assertThat(states.applied()).isEqualTo(VersionVector.of(new Dot(SELF, 1)));
  }

  @Test
  void oneCommitIsUnderWayAtATime() {
    pipeline.propose(proposal(1, "k"));
    assertThat(pipeline.begin()).isPresent();
    pipeline.propose(proposal(2, "k"));
    assertThat(pipeline.begin()).isEmpty();
    pipeline.complete();
    assertThat(pipeline.begin()).isPresent();
  }

  @Test
  void anEmptyQueueMakesNoCommit() {
    assertThat(pipeline.begin()).isEmpty();
    assertThatThrownBy(pipeline::complete)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no commit is under way after commit 0");
  }

  @Test
  void whatArrivesDuringACommitRidesTogetherInTheNext() {
    pipeline.propose(proposal(1, "k"));
    Commit first = pipeline.begin().orElseThrow();
    pipeline.deliver(List.of(remote(1, VersionVector.EMPTY)));
    pipeline.propose(proposal(2, "k"));
    assertThat(first.writes()).extracting(StagedWrite::ticket).containsExactly(answers(1));
    pipeline.complete();
    Commit second = pipeline.begin().orElseThrow();
    assertThat(second.number()).isEqualTo(first.number() + 1);
    assertThat(second.before()).isEqualTo(first.after());
    assertThat(second.writes())
        .extracting(StagedWrite::ticket)
        .containsExactly(OptionalLong.empty(), answers(2));
  }

  @Test
  void aLocalWriteDependsOnWhatRidesBeforeIt() {
    pipeline.deliver(List.of(remote(1, VersionVector.EMPTY)));
    pipeline.propose(proposal(1, "k"));
    Write local = pipeline.begin().orElseThrow().writes().get(1).write();
    assertThat(local.dependencies()).isEqualTo(VersionVector.of(new Dot(PEER, 1)));
    assertThat(local.lamport()).isEqualTo(8);
  }

  @Test
  void writesToOneKeyInOneCommitBuildOnOneAnother() {
    pipeline.deliver(List.of(remote(1, VersionVector.EMPTY)));
    pipeline.propose(proposal(1, "k"));
    Commit commit = pipeline.begin().orElseThrow();
    assertThat(commit.writes().get(1).changes().get(0).conflicts()).isEmpty();
    assertThat(commit.finalStates().get("k").visible().dot()).isEqualTo(new Dot(SELF, 1));
    assertThat(commit.finalStates().get("k").losers()).isEmpty();
  }

  @Test
  void aConcurrentWriteInTheSameCommitIsAConflict() {
    pipeline.propose(proposal(1, "k"));
    pipeline.deliver(List.of(remote(1, VersionVector.EMPTY)));
    Commit commit = pipeline.begin().orElseThrow();
    KeyChange arriving = commit.writes().get(1).changes().get(0);
    assertThat(arriving.conflicts()).extracting(KeyVersion::dot).containsExactly(new Dot(SELF, 1));
    assertThat(arriving.isVisible()).isTrue();
    assertThat(commit.finalStates().get("k").losers()).hasSize(1);
  }

  @Test
  void asManyProposalsWaitAsMayUntilACommitOfThemIsDurable() {
    for (int ticket = 1; ticket <= MAX_WRITES; ticket++) {
      assertThat(pipeline.propose(proposal(ticket, "k"))).isEmpty();
    }
    assertThat(pipeline.propose(proposal(9, "k"))).isPresent();
    assertThat(pipeline.proposedWrites()).isEqualTo(MAX_WRITES);
    assertThat(pipeline.begin().orElseThrow().writes()).hasSize(MAX_WRITES);
    assertThat(pipeline.proposedWrites()).isEqualTo(MAX_WRITES);
    assertThat(pipeline.propose(proposal(9, "k"))).contains(Store.PENDING_WRITES);
    pipeline.complete();
    assertThat(pipeline.proposedWrites()).isZero();
    assertThat(pipeline.propose(proposal(9, "k"))).isEmpty();
  }

  @Test
  void proposalsThatWaitHaveALimitOfBytes() {
    Proposal half = new Proposal(1, List.of(put("k", "v".repeat((int) MAX_BYTES / 2))), 0);
    assertThat(pipeline.propose(half)).isEmpty();
    assertThat(pipeline.propose(half)).isPresent();
    assertThat(pipeline.propose(proposal(2, "k"))).isEmpty();
  }

  @Test
  void proposalsMayFillTheBytesToTheLast() {
    CommitPipeline roomy = new CommitPipeline(SELF, states, 0, 100, MAX_BYTES);
    for (int ticket = 1; ticket <= 10; ticket++) {
      assertThat(roomy.propose(proposal(ticket, "k"))).isEmpty();
    }
    assertThat(roomy.propose(proposal(11, "k"))).isPresent();
  }

  @Test
  void aRemoteWriteIsNeverRefusedForTheSakeOfProposals() {
    for (int ticket = 1; ticket <= MAX_WRITES; ticket++) {
      pipeline.propose(proposal(ticket, "k"));
    }
    pipeline.deliver(List.of(remote(1, VersionVector.EMPTY)));
    assertThat(pipeline.begin().orElseThrow().writes()).hasSize(MAX_WRITES + 1);
  }

  @Test
  void aRemoteWriteThatIsNotDeliverableBreaksThePipelineAndNamesBothValues() {
    pipeline.deliver(List.of(remote(3, VersionVector.of(new Dot(PEER, 2)))));
    assertThatThrownBy(pipeline::begin)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("write peer.1:3 with dependencies {peer.1=2} is not deliverable at {}");
  }

  @Test
  void aRemoteWriteThatCameBeforeBreaksThePipeline() {
    pipeline.deliver(List.of(remote(1, VersionVector.EMPTY), remote(1, VersionVector.EMPTY)));
    assertThatThrownBy(pipeline::begin)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("{peer.1=1}");
  }

  @Test
  void aRecoveredReplicaGoesOnWhereItStopped() {
    KeyStates recovered = new KeyStates(VersionVector.of(new Dot(SELF, 4)), Map.of());
    CommitPipeline again = new CommitPipeline(SELF, recovered, 17, MAX_WRITES, MAX_BYTES);
    again.propose(proposal(1, "k"));
    Write next = again.begin().orElseThrow().writes().get(0).write();
    assertThat(next.dot()).isEqualTo(new Dot(SELF, 5));
    assertThat(next.lamport()).isEqualTo(18);
    assertThat(again.lamport()).isEqualTo(18);
    assertThat(again.applied()).isEqualTo(VersionVector.of(new Dot(SELF, 4)));
  }

  private static OptionalLong answers(long ticket) {
    return OptionalLong.of(ticket);
  }

  private static Proposal proposal(long ticket, String key) {
    return new Proposal(ticket, List.of(put(key, "v")), 0);
  }

  private static Write remote(long sequence, VersionVector dependencies) {
    return new Write(new Dot(PEER, sequence), 7, dependencies, List.of(put("k", "r")), 0);
  }

  private static Mutation put(String key, String value) {
    return new Mutation.Put(key, Value.text(value));
  }
}
