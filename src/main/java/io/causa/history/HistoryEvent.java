package io.causa.history;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * One request and its answer, as its client saw them.
 *
 * @param client one session: requests one after the other, each carrying the context of the last
 *     answer; or an observer that stays with one node and carries none. Two requests that owe each
 *     other nothing belong to two clients
 * @param node the node that answered; a node that came back without its memory counts as another
 * @param accesses the keys it touched, at least one
 * @param contextIn the context sent, null for none
 * @param contextOut the context answered, null for none
 * @param startNanos when it was sent, on one clock for the whole history
 * @param endNanos when its answer arrived or was given up, on the same clock
 * @param acks how many nodes beside the one that answered have applied the write, according to its
 *     answer; null if it did not say
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HistoryEvent(
    String client,
    String node,
    Operation operation,
    List<Access> accesses,
    String contextIn,
    String contextOut,
    long startNanos,
    long endNanos,
    Outcome outcome,
    Integer acks) {

  /** An event whose answer does not say how many other nodes have applied it. */
  public HistoryEvent(
      String client,
      String node,
      Operation operation,
      List<Access> accesses,
      String contextIn,
      String contextOut,
      long startNanos,
      long endNanos,
      Outcome outcome) {
    this(
        client,
        node,
        operation,
        accesses,
        contextIn,
        contextOut,
        startNanos,
        endNanos,
        outcome,
        null);
  }

  public HistoryEvent {
    Objects.requireNonNull(client, "client");
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(outcome, "outcome");
    accesses = List.copyOf(Objects.requireNonNull(accesses, "accesses"));
    if (accesses.isEmpty()) {
      throw new IllegalArgumentException(
          client + "'s " + operation + " at " + node + " touches no key");
    }
    if (endNanos < startNanos) {
      throw new IllegalArgumentException(
          client
              + "'s "
              + operation
              + " ends at "
              + endNanos
              + " before it starts at "
              + startNanos);
    }
  }

  /** The same event with more known of its keys. */
  public HistoryEvent withAccesses(List<Access> known) {
    return new HistoryEvent(
        client, node, operation, known, contextIn, contextOut, startNanos, endNanos, outcome, acks);
  }

  /** Whether it gave, or may have given, its keys a new version. */
  public boolean mayHaveWritten() {
    return operation.writes() && outcome != Outcome.REFUSED;
  }

  /** Whether it shows what a node held. */
  public boolean showed() {
    return operation.reads() && outcome.known();
  }

  /** Whether this write can be what the read showed, as far as time tells. */
  boolean beganBeforeTheEndOf(HistoryEvent read) {
    return operation == Operation.INITIAL || startNanos <= read.endNanos;
  }

  /** One line for people. */
  @Override
  public String toString() {
    String keys = accesses.stream().map(Access::toString).collect(Collectors.joining(", "));
    String end = outcome.known() ? "" : " (" + outcome.text() + ")";
    return "%s at %s: %s %s%s, %.3f ms to %.3f ms"
        .formatted(client, node, operation.text(), keys, end, startNanos / 1e6, endNanos / 1e6);
  }
}
