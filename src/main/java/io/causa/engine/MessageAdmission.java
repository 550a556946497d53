package io.causa.engine;

import io.causa.engine.BadMessages.Reason;
import io.causa.engine.port.Observer;
import io.causa.replication.message.PeerMessage;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides whether a message that was read may be taken in, before anything follows from it.
 *
 * <p>Any thread. What is refused is dropped as a whole and counted.
 */
final class MessageAdmission {

  private final KnownReplicas known;
  private final BadMessages bad;
  private final Observer observer;

  MessageAdmission(KnownReplicas known, BadMessages bad, Observer observer) {
    this.known = known;
    this.bad = bad;
    this.observer = observer;
  }

  /**
   * Returns whether the message may be taken in.
   *
   * @param forgery what the message claims that only this node could say, if it does
   */
  <M extends PeerMessage> boolean admits(M message, Function<M, Optional<String>> forgery) {
    return !isDropped(message, Reason.FORGED, forgery.apply(message))
        && !isDropped(message, Reason.TOO_MANY_REPLICAS, known.admit(message));
  }

  private boolean isDropped(PeerMessage message, Reason reason, Optional<String> why) {
    why.ifPresent(
        detail -> {
          observer.dropped(message, reason.text());
          bad.dropped(message.sender().name(), reason, detail);
        });
    return why.isPresent();
  }
}
