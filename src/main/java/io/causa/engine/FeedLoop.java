package io.causa.engine;

import io.causa.core.Commit;
import io.causa.core.StagedWrite;
import io.causa.engine.port.Host;
import io.causa.engine.port.Loop;
import io.causa.engine.port.LoopName;
import io.causa.engine.port.Subscribers;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells subscribers of every write that this node applies, in that order.
 *
 * <p>Nothing is done for writes that nobody listens to. The way to subscribers may lose, and has no
 * bound of its own; so no more than a named number of bytes is under way, and what comes beyond
 * that is left out. The positions in the events show a subscriber the gap.
 */
public final class FeedLoop {

  private static final Logger LOG = LoggerFactory.getLogger(FeedLoop.class);

  private record Admitted(StagedWrite applied, long bytes) {}

  private final Subscribers subscribers;
  private final long limitBytes;
  private final FeedBudget budget;
  private final Turns turns;
  private final Mailbox fromStore;
  private volatile long dropped;

  /**
   * @param outstandingBytes how many bytes may be on their way to subscribers
   */
  FeedLoop(Host host, long outstandingBytes, Subscribers subscribers, TurnLimits turn) {
    this.subscribers = subscribers;
    this.limitBytes = outstandingBytes;
    this.budget = new FeedBudget(outstandingBytes);
    this.turns = new Turns(host, LoopName.FEED, turn, () -> {});
    this.fromStore = turns.mailbox("store");
  }

  void open(Loop loop) {
    turns.open(loop);
  }

  void close() {
    turns.close();
  }

  /** Returns how many applied writes were not published; any thread may ask. */
  public long dropped() {
    return dropped;
  }

  /** A commit is durable and readable; to be called on the store's loop. */
  void applied(Commit commit) {
    if (subscribers.present()) {
      List<Admitted> admitted = new ArrayList<>(commit.writes().size());
      commit.writes().forEach(write -> admit(write, admitted));
      if (!admitted.isEmpty()) {
        fromStore.offer(() -> feed(admitted));
      }
    }
  }

  private void admit(StagedWrite applied, List<Admitted> admitted) {
    long bytes = FeedBudget.bytesOf(applied);
    if (budget.take(bytes)) {
      admitted.add(new Admitted(applied, bytes));
    } else if (dropped++ == 0) {
      LOG.warn(
          "the bus, or its subscribers, are slower than writes: {} and possibly later ones are not published (feed.outstandingBytes is {})",
          applied.write().dot(),
          limitBytes);
    }
  }

  private void feed(List<Admitted> admitted) {
    for (Admitted each : admitted) {
      subscribers.publish(each.applied(), () -> budget.giveBack(each.bytes()));
    }
  }
}
