package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.replication.Action.Acked;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Knows which peers have applied this replica's own writes, and answers the clients that wait for
 * that.
 *
 * <p>Owner: the replication loop. Bound: {@link #MAX_WAITS}; one more is answered at once with what
 * is known.
 */
final class Acknowledgements {

  static final int MAX_WAITS = 10_000;

  private record Wait(long ticket, long sequence, int peers, long deadlineMillis) {}

  private final Replica self;
  private final Peers peers;
  private final Outbox outbox;
  private final NavigableMap<Long, List<Wait>> bySequence = new TreeMap<>();
  private int waits;

  Acknowledgements(Replica self, Peers peers, Outbox outbox) {
    this.self = self;
    this.peers = peers;
    this.outbox = outbox;
  }

  /** Asks to be told; see {@link Replicator#awaitAcks}. */
  void await(long ticket, long sequence, int count, long deadlineMillis) {
    if (appliedBy(sequence) >= count || waits >= MAX_WAITS) {
      answer(ticket, sequence);
      return;
    }
    waits++;
    bySequence
        .computeIfAbsent(sequence, s -> new ArrayList<>(1))
        .add(new Wait(ticket, sequence, count, deadlineMillis));
  }

  /** A peer has applied the own writes up to this: answers the waits that are complete now. */
  void reached(long applied) {
    if (waits == 0) {
      return;
    }
    answer(
        bySequence.headMap(applied, true).values(),
        wait -> appliedBy(wait.sequence()) >= wait.peers());
  }

  /** Answers the waits whose deadlines have come, with as many peers as there are. */
  void expire(long nowMillis) {
    answer(bySequence.values(), wait -> wait.deadlineMillis() <= nowMillis);
  }

  /** Whether every peer that is not silent has applied the own writes up to this sequence. */
  boolean isPushed(long sequence, long nowMillis) {
    return peers.live(nowMillis).stream().allMatch(peer -> peer.applied(self) >= sequence);
  }

  private void answer(Collection<List<Wait>> candidates, Predicate<Wait> isDue) {
    candidates.removeIf(
        same -> {
          List<Wait> due = same.stream().filter(isDue).toList();
          due.forEach(wait -> answer(wait.ticket(), wait.sequence()));
          waits -= due.size();
          same.removeAll(due);
          return same.isEmpty();
        });
  }

  private void answer(long ticket, long sequence) {
    outbox.add(new Acked(ticket, (int) appliedBy(sequence)));
  }

  /** How many peers have applied this own write. */
  private long appliedBy(long sequence) {
    return peers.all().stream().filter(peer -> peer.applied(self) >= sequence).count();
  }
}
