package io.causa.replication;

import io.causa.clock.Replica;
import io.causa.clock.VersionVector;

/**
 * Knows which peers have applied this replica's own writes, and answers those who wait for that.
 *
 * <p>Owner: the replication loop.
 */
final class Acknowledgements {

  private final Replica self;
  private final Peers peers;
  private final Outbox outbox;
  private final AckWaits waits = new AckWaits();

  Acknowledgements(Replica self, Peers peers, Outbox outbox) {
    this.self = self;
    this.peers = peers;
    this.outbox = outbox;
  }

  /** Asks to be told; see {@link Replicator#awaitAcks}. */
  void await(long ticket, long sequence, int count, long deadlineMillis) {
    outbox.addAll(waits.await(ticket, sequence, count, deadlineMillis, this::appliedBy));
  }

  /** A peer has applied this. */
  void reached(VersionVector applied) {
    outbox.addAll(waits.reached(applied.get(self), this::appliedBy));
  }

  void expire(long nowMillis) {
    outbox.addAll(waits.expire(nowMillis, this::appliedBy));
  }

  /** Whether every peer that is not silent has applied the own writes up to this sequence. */
  boolean isPushed(long sequence, long nowMillis) {
    return peers.live(nowMillis).stream().allMatch(peer -> peer.applied().get(self) >= sequence);
  }

  /** How many peers have applied this own write. */
  private long appliedBy(long sequence) {
    return peers.all().stream().filter(peer -> peer.applied().get(self) >= sequence).count();
  }
}
