package io.causa.node;

import io.causa.replication.Action.Acked;
import io.causa.replication.Replicator;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Who waits until peers have applied own writes: clients for a number of peers, a stop for all of
 * them.
 *
 * <p>Owner: the replication loop.
 */
final class PeerWaits {

  private final Replicator replicator;
  private final Map<Long, CompletableFuture<Integer>> acks = new HashMap<>();
  private final Map<CompletableFuture<Void>, Long> pushes = new HashMap<>();
  private long tickets;

  PeerWaits(Replicator replicator) {
    this.replicator = replicator;
  }

  /** Completes with the number of peers; see {@link Replicator#awaitAcks}. */
  void awaitAcks(long sequence, int peers, long waitMillis, CompletableFuture<Integer> reached) {
    acks.put(++tickets, reached);
    long deadlineMillis = MonotonicClock.millis() + waitMillis;
    replicator.awaitAcks(tickets, sequence, peers, deadlineMillis);
  }

  void answer(Acked acked) {
    acks.remove(acked.ticket()).complete(acked.peers());
  }

  /** Completes when every live peer has applied the own writes up to this sequence. */
  void awaitPush(long sequence, CompletableFuture<Void> pushed) {
    pushes.put(pushed, sequence);
    lookForPushed();
  }

  /** Something may have reached all by now. */
  void lookForPushed() {
    long now = MonotonicClock.millis();
    pushes
        .entrySet()
        .removeIf(
            awaited ->
                replicator.isPushed(awaited.getValue(), now) && awaited.getKey().complete(null));
  }
}
