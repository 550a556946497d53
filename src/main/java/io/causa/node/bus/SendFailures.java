package io.causa.node.bus;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that the bus could not even begin to send. A line for each peer when it begins and one
 * when it is over; the bus itself would print a stack trace for every try.
 *
 * <p>Owner: the context of the {@link Outbox}. Bound: the names of the nodes.
 */
final class SendFailures {
  private static final Logger LOG = LoggerFactory.getLogger(SendFailures.class);

  /** After so long without another one it is over. Single messages may get through before. */
  private static final long OVER_AFTER_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Map<String, Long> failedNanos = new HashMap<>();
  private volatile Consumer<String> listener = peer -> {};

  /** Sets who is told of every failure. */
  void onUnsent(Consumer<String> consumer) {
    listener = consumer;
  }

  void sent(String peer) {
    Long failed = failedNanos.get(peer);
    if (failed != null && System.nanoTime() - failed > OVER_AFTER_NANOS) {
      failedNanos.remove(peer);
      LOG.info("messages to {} can be sent again", peer);
    }
  }

  void failed(String peer, Throwable cause) {
    if (failedNanos.put(peer, System.nanoTime()) == null) {
      LOG.warn("messages to {} cannot be sent for now: {}", peer, cause.getMessage());
    }
    listener.accept(peer);
  }
}
