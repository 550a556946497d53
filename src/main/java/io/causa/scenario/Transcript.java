package io.causa.scenario;

import java.io.PrintStream;
import java.util.List;

/** Prints what happens, a line a step. Thread-safe. */
final class Transcript {
  private static final int STEP_WIDTH = 78;

  private final PrintStream out;
  private final Nodes nodes;
  private int steps;
  private int checks;

  Transcript(PrintStream out, Nodes nodes) {
    this.out = out;
    this.nodes = nodes;
  }

  synchronized int steps() {
    return steps;
  }

  synchronized int checks() {
    return checks;
  }

  synchronized void checked(int more) {
    checks += more;
  }

  static void title(PrintStream out, Scenario scenario) {
    out.printf("%n== %s: %s%n", scenario.name(), scenario.title());
    scenario.story().lines().forEach(line -> out.println(("   " + line).stripTrailing()));
    out.println();
  }

  /** A step that was done, and all clocks after it. */
  void step(String text) {
    String clocks = nodes.clocks();
    print(text, clocks);
  }

  private synchronized void print(String text, String clocks) {
    steps++;
    out.printf("%4d  %-" + STEP_WIDTH + "s  %s%n", steps, text, clocks);
  }

  synchronized void remark(String text) {
    text.lines().forEach(line -> out.println("      -- " + line));
  }

  synchronized void problems(List<String> problems) {
    problems.forEach(problem -> out.println("      FAILED: " + problem.replace("\n", "\n      ")));
  }
}
