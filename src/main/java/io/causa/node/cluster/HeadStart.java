package io.causa.node.cluster;

import io.causa.node.config.Endpoint;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives the nodes that go first their head start. Blocks: for a worker thread only. */
final class HeadStart {
  private static final Logger LOG = LoggerFactory.getLogger(HeadStart.class);
  private static final long PAUSE_MILLIS = 20;

  private HeadStart() {}

  /**
   * Returns as soon as one of the others answers, at the latest after {@link
   * FoundingOrder#headStartMillis}.
   *
   * @param answers whether a member is at work at a contact
   * @return whether anyone answered
   * @throws InterruptedException if the thread is told to stop
   */
  static boolean give(FoundingOrder order, Predicate<Endpoint> answers)
      throws InterruptedException {
    long startNanos = System.nanoTime();
    long limitNanos = TimeUnit.MILLISECONDS.toNanos(order.headStartMillis());
    boolean waited = false;
    while (System.nanoTime() - startNanos < limitNanos) {
      if (order.others().stream().anyMatch(answers)) {
        // A cluster that was there before can take us now; one being founded has those before us to
        // take.
        TimeUnit.MILLISECONDS.sleep(waited ? order.staggerMillis() : 0);
        return true;
      }
      waited = true;
      TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
    }
    logAlone(order);
    return false;
  }

  private static void logAlone(FoundingOrder order) {
    if (order.headStartMillis() > 0) {
      LOG.info(
          "None of the contacts {} answered within {} ms: founding a cluster without them",
          order.others(),
          order.headStartMillis());
    }
  }
}
