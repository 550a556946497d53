package io.causa.history;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The strongly connected components of a graph (Tarjan, "Depth-First Search and Linear Graph
 * Algorithms", 1972), and short cycles in them. Linear in the nodes and edges, and without
 * recursion, as a path may be as long as a history.
 */
final class Cycles {
  private static final int UNSEEN = -1;

  private final List<List<Integer>> next;
  private final int[] number;
  private final int[] lowest;
  private final int[] taken;
  private final int[] component;
  private final Deque<Integer> path = new ArrayDeque<>();
  private final Deque<Integer> open = new ArrayDeque<>();
  private final List<List<Integer>> components = new ArrayList<>();
  private int numbered;

  /**
   * @param next for each node, where its edges lead
   */
  Cycles(List<List<Integer>> next) {
    this.next = next;
    number = new int[next.size()];
    lowest = new int[next.size()];
    taken = new int[next.size()];
    component = new int[next.size()];
    Arrays.fill(number, UNSEEN);
    Arrays.fill(component, UNSEEN);
    for (int node = 0; node < number.length; node++) {
      if (number[node] == UNSEEN) {
        search(node);
      }
    }
  }

  /** Whether both nodes are on one cycle. */
  boolean together(int one, int other) {
    return component[one] == component[other];
  }

  /** The components of more than one node. */
  List<List<Integer>> components() {
    return components.stream().filter(nodes -> nodes.size() > 1).toList();
  }

  /** A shortest path between two nodes of one component, both included. */
  List<Integer> path(int from, int to) {
    int[] before = new int[next.size()];
    Arrays.fill(before, UNSEEN);
    before[from] = from;
    Deque<Integer> reached = new ArrayDeque<>(List.of(from));
    while (before[to] == UNSEEN) {
      int node = reached.remove();
      for (int neighbour : next.get(node)) {
        if (together(neighbour, from) && before[neighbour] == UNSEEN) {
          before[neighbour] = node;
          reached.add(neighbour);
        }
      }
    }
    Deque<Integer> found = new ArrayDeque<>(List.of(to));
    while (found.peek() != from) {
      found.push(before[found.peek()]);
    }
    return List.copyOf(found);
  }

  private void search(int start) {
    enter(start);
    while (!path.isEmpty()) {
      int node = path.peek();
      if (taken[node] < next.get(node).size()) {
        follow(node, next.get(node).get(taken[node]++));
      } else {
        path.pop();
        leave(node);
      }
    }
  }

  private void enter(int node) {
    number[node] = numbered;
    lowest[node] = numbered;
    numbered++;
    path.push(node);
    open.push(node);
  }

  private void follow(int node, int neighbour) {
    if (number[neighbour] == UNSEEN) {
      enter(neighbour);
    } else if (component[neighbour] == UNSEEN) {
      lowest[node] = Math.min(lowest[node], number[neighbour]);
    }
  }

  private void leave(int node) {
    if (!path.isEmpty()) {
      lowest[path.peek()] = Math.min(lowest[path.peek()], lowest[node]);
    }
    if (lowest[node] == number[node]) {
      List<Integer> members = new ArrayList<>();
      int member;
      do {
        member = open.pop();
        component[member] = components.size();
        members.add(member);
      } while (member != node);
      components.add(members);
    }
  }
}
