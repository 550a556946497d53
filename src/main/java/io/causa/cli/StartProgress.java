package io.causa.cli;

import io.causa.cli.LocalNode.State;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Shows how far the nodes are, one line for each. On a terminal the lines grow in place; elsewhere
 * every step is a line of its own.
 */
final class StartProgress {
  private static final double NANOS_PER_SECOND = 1e9;

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final long startedNanos;
  private final Map<LocalNode, State> states = new LinkedHashMap<>();
  private final Map<LocalNode, String> lines = new LinkedHashMap<>();

  /**
   * @param terminal whether lines may be written over
   * @param nanoTime as {@link System#nanoTime()}
   */
  StartProgress(List<LocalNode> nodes, PrintWriter out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    this.startedNanos = nanoTime.getAsLong();
    nodes.forEach(this::begin);
    out.flush();
  }

  private void begin(LocalNode node) {
    states.put(node, State.STARTING);
    lines.put(node, "  %-8s starting".formatted(node.plan().id()));
    out.println(lines.get(node));
  }

  State stateOf(LocalNode node) {
    return states.get(node);
  }

  /** Shows the state if it is new. */
  void show(LocalNode node, State state) {
    if (states.put(node, state) != state) {
      String step = "%s %.1f s".formatted(state.name().toLowerCase(Locale.ROOT), elapsedSeconds());
      String url = state == State.READY ? "   " + node.plan().url() : "";
      lines.merge(node, " → " + step + url, String::concat);
      print(node, step + url);
    }
  }

  private void print(LocalNode node, String step) {
    if (terminal) {
      out.print("\033[" + lines.size() + "A");
      lines.values().forEach(line -> out.println("\033[2K" + line));
    } else {
      out.println("  %-8s %s".formatted(node.plan().id(), step));
    }
    out.flush();
  }

  double elapsedSeconds() {
    return (nanoTime.getAsLong() - startedNanos) / NANOS_PER_SECOND;
  }
}
