package io.causa.replication;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The actions that one input makes, in the order in which they are to be carried out.
 *
 * <p>Owner: the replication loop. Bound: it is emptied after each input.
 */
final class Outbox {

  private List<Action> actions = new ArrayList<>();

  void add(Action action) {
    actions.add(action);
  }

  void addAll(Collection<? extends Action> several) {
    actions.addAll(several);
  }

  void send(String peer, PeerMessage message) {
    actions.add(new Action.Send(peer, message));
  }

  List<Action> take() {
    List<Action> taken = actions;
    actions = new ArrayList<>();
    return taken;
  }

  /** Of a replica that must not go on only the end is taken; the rest is never carried out. */
  List<Action> takeEnd() {
    return take().stream().filter(Outbox::isEnd).toList();
  }

  private static boolean isEnd(Action action) {
    return action instanceof Action.OlderCopy || action instanceof Action.Expelled;
  }
}
