package io.causa.replication;

import io.causa.replication.message.PeerMessage;
import java.util.ArrayList;
import java.util.List;

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

  private List<Action> actions = new ArrayList<>();
  private boolean ended;

  void add(Action action) {
    boolean isEnd = action instanceof Action.OlderCopy || action instanceof Action.Expelled;
    if (isEnd && !ended) {
      ended = true;
      actions.clear();
    }
    if (isEnd || !ended) {
      actions.add(action);
    }
  }

  void send(String peer, PeerMessage message) {
    add(new Action.Send(peer, message));
  }

  List<Action> take() {
    List<Action> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }
}
