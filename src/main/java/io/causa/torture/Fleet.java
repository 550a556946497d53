package io.causa.torture;

import io.causa.client.CausaClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The nodes and how each of them is. Thread-safe; only the nemesis changes it.
 *
 * <p>A node that ended without a disk is another one when it comes back: it gets another label, as
 * histories want it.
 */
final class Fleet {
  /** How a node is, as far as this side has brought it about. */
  enum State {
    UP,
    PAUSED,
    DOWN,
    /** Its process runs again; it is not ready yet. */
    COMING_BACK;

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** One node and a client for it. */
  record Node(String name, CausaClient client) {}

  private volatile List<Node> nodes;
  private final boolean durable;
  private final Map<String, State> states = new HashMap<>();
  private final Map<String, Integer> lives = new HashMap<>();

  Fleet(List<Node> nodes, boolean durable) {
    this.nodes = List.copyOf(nodes);
    this.durable = durable;
    nodes.forEach(node -> states.put(node.name(), State.UP));
  }

  /** The node is none of these any more. */
  synchronized void leave(Node node) {
    List<Node> others = new ArrayList<>(nodes);
    others.remove(node);
    nodes = List.copyOf(others);
    states.remove(node.name());
  }

  List<Node> all() {
    return nodes;
  }

  boolean isDurable() {
    return durable;
  }

  synchronized State state(Node node) {
    return states.get(node.name());
  }

  synchronized List<Node> in(State state) {
    List<Node> found = new ArrayList<>(nodes);
    found.removeIf(node -> states.get(node.name()) != state);
    return found;
  }

  synchronized boolean allUp() {
    return states.values().stream().allMatch(State.UP::equals);
  }

  /** How many nodes do not serve now. */
  int away() {
    return nodes.size() - in(State.UP).size();
  }

  /** How many nodes may be away at once: a minority, but at least one. */
  int mostAway() {
    return nodes.size() == 1 ? 0 : Math.max(1, (nodes.size() - 1) / 2);
  }

  synchronized void is(Node node, State state) {
    State before = states.put(node.name(), state);
    if (before == State.DOWN && state == State.COMING_BACK && !durable) {
      lives.merge(node.name(), 2, (life, x) -> life + 1);
    }
  }

  /** The name under which the node stands in the history now. */
  synchronized String label(Node node) {
    Integer life = lives.get(node.name());
    return life == null ? node.name() : node.name() + "#" + life;
  }

  /** The name of the node that stands in the history under this label. */
  static String nameOf(String label) {
    int life = label.indexOf('#');
    return life < 0 ? label : label.substring(0, life);
  }

  /** Each node and how it is, for people. */
  @Override
  public synchronized String toString() {
    return nodes.stream()
        .map(node -> node.name() + " " + states.get(node.name()).text())
        .collect(Collectors.joining(", "));
  }
}
