package io.causa.node;

import io.causa.node.bus.BadMessages;
import io.causa.node.bus.BadMessages.Reason;
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

  MessageAdmission(KnownReplicas known, BadMessages bad) {
    this.known = known;
    this.bad = bad;
  }

  /**
   * @param forgery what the message claims that only this node could say, if it does
   */
  <M extends PeerMessage> boolean admits(M message, Function<M, Optional<String>> forgery) {
    return !isDropped(message, Reason.FORGED, forgery.apply(message))
        && !isDropped(message, Reason.TOO_MANY_REPLICAS, known.admit(message));
  }

  private boolean isDropped(PeerMessage message, Reason reason, Optional<String> why) {
    why.ifPresent(detail -> bad.dropped(message.sender().name(), reason, detail));
    return why.isPresent();
  }
}
