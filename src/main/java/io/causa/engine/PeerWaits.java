package io.causa.engine;

import io.causa.replication.Action.Acked;
import io.causa.replication.Replicator;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Who waits until peers have applied own writes: clients for a number of peers, a stop for all of
 * them.
 *
 * <p>Owner: the replication loop.
 */
final class PeerWaits {

  private final Replicator replicator;
  private final Map<Long, IntConsumer> acks = new HashMap<>();
  private final Map<Runnable, Long> pushes = new HashMap<>();
  private long tickets;

  PeerWaits(Replicator replicator) {
    this.replicator = replicator;
  }

  /** Asks to be told the number of peers; see {@link Replicator#awaitAcks}. */
  void awaitAcks(long sequence, int peers, long deadlineMillis, IntConsumer reached) {
    acks.put(++tickets, reached);
    replicator.awaitAcks(tickets, sequence, peers, deadlineMillis);
  }

  void answer(Acked acked) {
    acks.remove(acked.ticket()).accept(acked.peers());
  }

  /** Asks to be told when every live peer has applied the own writes up to this sequence. */
  void awaitPush(long sequence, long nowMillis, Runnable pushed) {
    pushes.put(pushed, sequence);
    lookForPushed(nowMillis);
  }

  /** Tells those whose writes have reached all live peers by now. */
  void lookForPushed(long nowMillis) {
    pushes
        .entrySet()
        .removeIf(
            awaited -> {
              boolean isPushed = replicator.isPushed(awaited.getValue(), nowMillis);
              if (isPushed) {
                awaited.getKey().run();
              }
              return isPushed;
            });
  }
}
