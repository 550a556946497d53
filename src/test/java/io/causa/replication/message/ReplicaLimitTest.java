package io.causa.replication.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.causa.clock.Dot;
import io.causa.clock.Replica;
import io.causa.clock.VersionVector;
import io.causa.core.Mutation;
import io.causa.core.Write;
import io.causa.membership.Roster;
import io.causa.replication.message.PeerMessage.Digest;
import io.causa.replication.message.PeerMessage.Presence;
import io.causa.replication.message.PeerMessage.WriteBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReplicaLimitTest {

  private static final Replica SELF = new Replica("node1", 1);
  private static final Replica PEER = new Replica("node2", 1);
  private static final Replica NEWCOMER = new Replica("newcomer", 1);
  private static final VersionVector NOTHING = VersionVector.EMPTY;

  private final ReplicaLimit replicaLimit =
      new ReplicaLimit(SELF, NOTHING, Roster.EMPTY.declare(PEER));

  @Test
  void whatTheDataHoldsIsKnown() {
    ReplicaLimit full = new ReplicaLimit(SELF, vector(5000), Roster.EMPTY);

    assertThat(full.size()).isEqualTo(5001);
    assertThat(full.admit(digest(new Replica("forged0", 1), vector(5000)))).isEmpty();
    assertThat(full.admit(new Presence(NEWCOMER, 1, ""))).isPresent();
  }

  /** 100 nodes, each of which has lost its data 40 times, and a node that joins them. */
  @Test
  void theFirstDigestOfALongLivedClusterIsTaken() {
    List<Dot> all = new ArrayList<>();
    for (int name = 1; name <= 100; name++) {
      for (int generation = 2; generation <= 40; generation++) {
        all.add(new Dot(new Replica("node" + name, generation), 1));
      }
    }

    assertThat(replicaLimit.admit(digest(NEWCOMER, VersionVector.of(all)))).isEmpty();
    assertThat(replicaLimit.size()).isEqualTo(2 + 1 + 3900);
  }

  @Test
  void aBatchOfThreeThousandForgedOriginsIsRefusedAndLeavesNoTrace() {
    assertThat(replicaLimit.admit(batch(origins(3000))).orElseThrow())
        .contains("brings 3000 unknown replicas, allowed are 256");
    assertThat(replicaLimit.size()).isEqualTo(2);
    assertThat(replicaLimit.admit(batch(origins(ReplicaLimit.MOST_IN_BATCH)))).isEmpty();
    assertThat(replicaLimit.size()).isEqualTo(2 + ReplicaLimit.MOST_IN_BATCH);
  }

  @Test
  void theDependenciesOfAWriteCountLikeItsOrigin() {
    Write write = write(new Replica("a", 1), vector(3000));

    assertThat(replicaLimit.admit(batch(List.of(write)))).isPresent();
    assertThat(replicaLimit.admit(digest(PEER, vector(3000)))).isEmpty();
    assertThat(replicaLimit.admit(batch(List.of(write)))).isEmpty();
  }

  @Test
  void beyondTheMostEverybodyUnknownIsRefusedAndMembersGoOn() {
    int room = ReplicaLimit.MOST_REPLICAS - replicaLimit.size();
    assertThat(replicaLimit.admit(digest(PEER, vector(room)))).isEmpty();
    assertThat(replicaLimit.size()).isEqualTo(ReplicaLimit.MOST_REPLICAS);

    assertThat(replicaLimit.admit(digest(PEER, vector(room + 1))).orElseThrow())
        .contains("4096 replicas are known here");
    assertThat(replicaLimit.admit(digest(PEER, vector(room)))).isEmpty();
    assertThat(replicaLimit.admit(batch(List.of(write(PEER, vector(room)))))).isEmpty();
    assertThat(replicaLimit.size()).isEqualTo(ReplicaLimit.MOST_REPLICAS);
  }

  /**
   * Two members admit different newcomers at the same moment, and then hear of the other one: what
   * they say to one another must not be refused.
   */
  @Test
  void newcomersAreRefusedBeforeWhatMembersHearOfThem() {
    int room = ReplicaLimit.MOST_BEFORE_NEWCOMERS - 1 - replicaLimit.size();
    assertThat(replicaLimit.admit(digest(PEER, vector(room)))).isEmpty();
    assertThat(replicaLimit.admit(new Presence(NEWCOMER, 1, ""))).isEmpty();

    Replica late = new Replica("newcomer", 2);
    assertThat(replicaLimit.admit(new Presence(late, 1, ""))).isPresent();

    assertThat(replicaLimit.admit(digest(PEER, VersionVector.of(new Dot(late, 1))))).isEmpty();
    assertThat(replicaLimit.admit(new Presence(late, 1, ""))).isEmpty();
  }

  private static List<Write> origins(int count) {
    List<Write> writes = new ArrayList<>();
    vector(count).forEach(dot -> writes.add(write(dot.replica(), NOTHING)));
    return writes;
  }

  private static Write write(Replica origin, VersionVector dependencies) {
    return new Write(new Dot(origin, 1), 1, dependencies, List.of(new Mutation.Delete("k")), 0);
  }

  private static PeerMessage batch(List<Write> writes) {
    return new WriteBatch(PEER, false, writes);
  }

  private static PeerMessage digest(Replica sender, VersionVector applied) {
    return new Digest(sender, 1, 1, applied, applied, NOTHING, Roster.EMPTY, 0);
  }

  private static VersionVector vector(int count) {
    List<Dot> dots = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dots.add(new Dot(new Replica("forged" + i, 1), 1));
    }
    return VersionVector.of(dots);
  }
}
