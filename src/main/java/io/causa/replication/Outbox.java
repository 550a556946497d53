package io.causa.replication;

import io.causa.membership.Capabilities;
import io.causa.replication.message.PeerMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/**
 * The actions of a turn, in the order in which they are to be carried out. Each part of the {@link
 * Replicator} pushes its actions here.
 *
 * <p>Nothing is done after the end: once the replica knows that it must not go on, the outbox keeps
 * what says so, and drops everything else.
 *
 * <p>Owner: the replication loop. Bound: it is emptied after each turn.
 */
final class Outbox {

  private final ToIntFunction<String> versions;
  private List<Action> actions = new ArrayList<>();
  private boolean ended;

  /** To replicas of which nothing is known. */
  Outbox() {
    this(peer -> Capabilities.EARLIEST);
  }

  /**
   * @param versions in which version of messages the replica of a name is spoken to
   */
  Outbox(ToIntFunction<String> versions) {
    this.versions = versions;
  }

  void add(Action action) {
    boolean isEnd = action instanceof Action.OlderCopy || action instanceof Action.Expelled;
    if (isEnd && !ended) {
      ended = true;
      // What was heard of the members tells the next start which generation it may take.
      actions.removeIf(waiting -> !(waiting instanceof Action.KeepRoster));
    }
    if (isEnd || !ended) {
      actions.add(action);
    }
  }

  void send(String peer, PeerMessage message) {
    add(new Action.Send(peer, message, versions.applyAsInt(peer)));
  }

  List<Action> take() {
    List<Action> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }
}
